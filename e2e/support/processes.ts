import { execFileSync } from 'node:child_process';

function run(command: string, args: readonly string[]): string {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '';
  }
}

/** The process that listens on a port of this machine; `undefined` where none does. */
export function findListeningPid(port: number): number | undefined {
  const pid =
    /^(\d+)$/m.exec(run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t']))?.[1] ??
    /pid=(\d+)/.exec(run('ss', ['-Hltnp', `sport = :${port}`]))?.[1];
  return pid === undefined ? undefined : Number(pid);
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
}

/** Every process there is; not those that have ended and only wait for their parent to notice. */
function listProcesses(): readonly Process[] {
  return run('ps', ['-A', '-o', 'pid=', '-o', 'ppid=', '-o', 'pgid=', '-o', 'stat='])
    .split('\n')
    .flatMap((line) => {
      const [, pid, parent, group, state] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)/.exec(line) ?? [];
      if (state === undefined || state.startsWith('Z')) return [];
      return [{ pid: Number(pid), parent: Number(parent), group: Number(group) }];
    });
}

/** Process ids of a program and of all that descends from it or stands in a process group that does. */
export function listFamily(root: number): readonly number[] {
  const processes = listProcesses();
  const family = new Set(processes.filter(({ pid }) => pid === root).map(({ pid }) => pid));
  for (let before = -1; before !== family.size; ) {
    before = family.size;
    for (const { pid, parent, group } of processes) {
      if (family.has(parent) || family.has(group)) family.add(pid);
    }
  }
  return [...family];
}

/** Those of the ids that are alive. */
export function filterAlive(pids: readonly number[]): readonly number[] {
  const alive = new Set(listProcesses().map(({ pid }) => pid));
  return pids.filter((pid) => alive.has(pid));
}
