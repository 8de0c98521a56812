import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const DEBIAN = '/usr/lib/postgresql';
const APT_GET = '/usr/bin/apt-get';
const WAIT_FOR_LOCK = ['-o', 'DPkg::Lock::Timeout=60'];

const hasServer = (directory: string): boolean =>
  ['initdb', 'postgres'].every((name) => existsSync(join(directory, name)));

function findPresent(): string | undefined {
  const onPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  // Newest first; on the PATH Debian shows the client alone.
  const debian = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  return [...onPath, ...debian.map((version) => join(DEBIAN, version, 'bin'))].find(hasServer);
}

function install(report: (line: string) => void): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync(APT_GET)) return;
  report('postgres: none found; apt-get install postgresql …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (args: readonly string[], timeout: number) =>
    execFileSync(APT_GET, [...WAIT_FOR_LOCK, ...args], { timeout, stdio: 'ignore', env });
  try {
    run(['update'], 60_000);
    run(['install', '-y', '--no-install-recommends', 'postgresql'], 180_000);
  } catch {
    report('postgres: it could not be installed.');
  }
}

/** The directory of Postgres's programs: on the PATH, Debian's, or installed now as root; `undefined` where there is none. */
export function findPostgres(report: (line: string) => void): string | undefined {
  const present = findPresent();
  if (present !== undefined) return present;
  install(report);
  return findPresent();
}
