// A program of its own, for tests that kill it: says `start`, `open`, and then each firing's number once it is recorded.
// Arguments: where to store (JSON), the trigger, its channel, the first episode.
import { writeSync } from 'node:fs';
import type { StorageEnv } from '@/lib/config/storage-env';
import { openStorage } from '../open-storage';
import { recordFirings } from '../record-firings';
import { toBatch, toTransition } from './firing-examples';

const [env = '', triggerId = '', channelId = '', first = '1'] = process.argv.slice(2);

async function main(): Promise<void> {
  writeSync(1, 'start\n');
  try {
    const { db } = await openStorage(JSON.parse(env) as StorageEnv);
    writeSync(1, 'open\n');
    for (let episode = Number(first); ; episode++) {
      await recordFirings(db, toBatch(toTransition({ triggerId, channelId }, { episode })));
      writeSync(1, `${episode}\n`);
    }
  } catch (error) {
    // Told in one line, so that a test can read it.
    writeSync(1, `${JSON.stringify({ name: (error as Error).name, message: (error as Error).message })}\n`);
    process.exit(1);
  }
}

void main();
