import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A storage for one app alone, empty, gone with the process that asked for it. */
export function createDataDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'ballast-data-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
