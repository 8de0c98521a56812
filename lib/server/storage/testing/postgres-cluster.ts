import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

const HOST = '127.0.0.1';
const START_TIMEOUT_MS = 60_000;

/** A Postgres server of its own, in a directory that is deleted at its end. */
export interface PostgresCluster {
  /** Of its first database. */
  readonly url: string;
  /** Ends it at once, as a crash does: nothing is written that was not written before. */
  crash(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, HOST, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Postgres refuses to run as root: then it runs as the user that owns nothing. */
function findUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const read = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: read('-u'), gid: read('-g') };
}

async function query(url: string, text: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(text);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Starts a server out of a directory of programs (`findPostgres`), at a free port of the loopback interface, with durability as by default. */
export async function startPostgresCluster(binaries: string): Promise<PostgresCluster> {
  const root = mkdtempSync(join(tmpdir(), 'ballast-postgres-'));
  const data = join(root, 'data');
  const user = findUser();
  mkdirSync(data);
  chmodSync(root, 0o755);
  if (user) for (const directory of [root, data]) chownSync(directory, user.uid, user.gid);
  const as = { cwd: root, ...user };
  const locale = ['--locale=C', '--encoding=UTF8', '--auth=trust', '--username=ballast', '--no-sync'];
  execFileSync(join(binaries, 'initdb'), ['-D', data, ...locale], { ...as, stdio: 'pipe' });
  const port = await findFreePort();
  const url = `postgresql://ballast@${HOST}:${port}/postgres`;
  let server: ChildProcess | undefined;

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = server;
    server = undefined;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const exited = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    await exited;
  };
  process.once('exit', () => server?.kill('SIGQUIT'));

  const start = async (): Promise<void> => {
    const settings = [`listen_addresses=${HOST}`, `port=${port}`, `unix_socket_directories=${root}`, 'fsync=on'];
    const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
    const started = spawn(join(binaries, 'postgres'), args, { ...as, stdio: 'ignore' });
    server = started;
    const giveUpAtMs = Date.now() + START_TIMEOUT_MS;
    for (;;) {
      try {
        return await query(url, 'select 1');
      } catch (cause) {
        if (started.exitCode !== null) throw new Error(`Postgres ended with ${started.exitCode}.`, { cause });
        if (Date.now() > giveUpAtMs) throw new Error('Postgres did not start in time.', { cause });
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };

  await start();
  return {
    url,
    // What Postgres itself calls an immediate shutdown: no checkpoint, recovery at the next start.
    crash: () => end('SIGQUIT'),
    start,
    async stop() {
      await end('SIGINT');
      rmSync(root, { recursive: true, force: true });
    },
  };
}
