import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { StorageEnv } from '@/lib/config/storage-env';

const PROGRAM = fileURLToPath(new URL('write-until-killed.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

export interface WriterRun {
  /** Every line it said until it ended. */
  readonly lines: readonly string[];
  readonly signal: NodeJS.Signals | null;
}

export interface WriterOptions {
  readonly triggerId: string;
  readonly channelId: string;
  readonly firstEpisode: number;
  /** Asked at every line; a number of milliseconds: it is killed that much later. */
  readonly killAfterMs?: (linesSoFar: number) => number | undefined;
  /** Asked all the time; `true`: it is killed at once. */
  readonly killWhen?: () => boolean;
}

/** Runs `write-until-killed.ts` in a process of its own, and kills it (SIGKILL) when it is told to. */
export async function runWriter(env: StorageEnv, options: WriterOptions): Promise<WriterRun> {
  const { triggerId, channelId, firstEpisode, killAfterMs, killWhen } = options;
  // Next's marker of server code (server-only) means something under this condition alone.
  const flags = ['--conditions=react-server', '--import', 'tsx', PROGRAM];
  const child = spawn(process.execPath, [...flags, JSON.stringify(env), triggerId, channelId, String(firstEpisode)], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    const delayMs = killAfterMs?.(lines.length);
    if (delayMs !== undefined) setTimeout(() => child.kill('SIGKILL'), delayMs);
  });
  const asking = killWhen && setInterval(() => killWhen() && child.kill('SIGKILL'), 1);
  const signal = await new Promise<NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (_code, by) => resolve(by));
  });
  clearInterval(asking);
  return { lines, signal };
}
