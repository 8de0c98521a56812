import 'server-only';
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, told apart from any later one that has its number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it was started, in the system's own words; `undefined` where the system does not tell. */
  readonly startedAt: string | undefined;
  /** Where process numbers mean the same: one machine, one container. */
  readonly place: string;
}

const NS = '/proc/self/ns/pid';
const BOOT = '/proc/sys/kernel/random/boot_id';
/** Field 22 of /proc/<pid>/stat (proc(5)), counted after the name in brackets, which may hold blanks and brackets itself. */
const START_FIELD = 19;

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function readStart(pid: number): string | undefined {
  if (process.platform === 'win32') return undefined;
  if (process.platform === 'linux') {
    return attempt(() => {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[START_FIELD];
      return ticks === undefined ? undefined : `${readFileSync(BOOT, 'utf8').trim()}:${ticks}`;
    });
  }
  return attempt(() => execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim());
}

const readPlace = (): string => [hostname(), attempt(() => readlinkSync(NS))].filter(Boolean).join(' ');

/** This very process. */
export function readOwnIdentity(): ProcessIdentity {
  return { pid: process.pid, startedAt: readStart(process.pid), place: readPlace() };
}

/**
 * Whether a process still runs: `false` only for certain. A process of another machine or container cannot be seen and counts as running;
 * so does one of which the system tells no start and whose number is in use.
 */
export function mayStillRun({ pid, startedAt, place }: ProcessIdentity): boolean {
  if (place !== readPlace()) return true;
  try {
    process.kill(pid, 0);
  } catch (cause) {
    // EPERM: there is one, of another user.
    if ((cause as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = readStart(pid);
  return startedAt === undefined || now === undefined || now === startedAt;
}
