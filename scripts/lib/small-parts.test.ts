import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { computeBackOffMs } from './back-off.mjs';
import { pickBrowser } from './find-browser.mjs';
import { findFreePorts, readPortProblem, readUsablePort, requireFreeAppPort } from './ports.mjs';
import { createProgress } from './progress.mjs';
import { findImpurities } from './purity.mjs';

describe('computeBackOffMs', () => {
  it('doubles to a limit', () => {
    expect([1, 2, 3, 4, 5, 6, 60].map(computeBackOffMs)).toEqual([500, 1000, 2000, 4000, 8000, 15000, 15000]);
  });
});

describe('createProgress', () => {
  it('puts the time since the start before each line', () => {
    const lines: string[] = [];
    let nowMs = 5_000;
    const report = createProgress({ nowMs: () => nowMs, write: (text) => lines.push(text) });
    nowMs = 17_340;
    report('build: done');
    expect(lines).toEqual(['[ 12.3 s] build: done\n']);
  });
});

describe('pickBrowser', () => {
  const source = (name: string, path: string | undefined) => ({ name, find: () => path });

  it('takes the first that is really there', async () => {
    const sources = [
      source('named', undefined),
      source('own', '/gone'),
      source('system', '/here'),
      source('last', '/here too'),
    ];
    const exists = (path: string) => path.startsWith('/here');
    expect(await pickBrowser(sources, exists)).toEqual({ path: '/here', source: 'system' });
    expect(await pickBrowser(sources.slice(0, 2), exists)).toBeUndefined();
  });

  it('does not ask further once it has one', async () => {
    const never = () => {
      throw new Error('asked');
    };
    const sources = [source('own', '/here'), { name: 'install', find: never }];
    expect((await pickBrowser(sources, () => true))?.source).toBe('own');
  });
});

describe('ports', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  async function listen(): Promise<number> {
    const server = createServer();
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  }

  it('finds free ones, all different', async () => {
    const ports = await findFreePorts(3);
    expect(new Set(ports).size).toBe(3);
    for (const port of ports) expect(await readPortProblem('127.0.0.1', port)).toBeUndefined();
  });

  it('says that the app’s port is taken and names another', async () => {
    const port = await listen();
    await expect(requireFreeAppPort('127.0.0.1', port)).rejects.toThrow(`PORT=${port + 1}`);
    await expect(requireFreeAppPort('198.51.100.7', 0)).rejects.toThrow('HOST');
  });

  it('moves a port that nobody asked for, and not one that was', async () => {
    const port = await listen();
    const told: string[] = [];
    const wish = { name: 'BALLAST_CHAIN_PORT', port, report: (message: string) => told.push(message) };
    const other = await readUsablePort({ ...wish, isAsked: false });
    expect(other).not.toBe(port);
    expect(told.join()).toContain(String(other));
    await expect(readUsablePort({ ...wish, isAsked: true })).rejects.toThrow('BALLAST_CHAIN_PORT');
  });
});

describe('findImpurities', () => {
  it('finds clocks, chance, storage and the network, by line', () => {
    const source = ['const a = 1;', 'const t = Date.now();', 'const d = new Date();', 'localStorage.x; fetch(u);'].join(
      '\n',
    );
    expect(findImpurities(source)).toEqual([
      { line: 2, what: 'Date.now' },
      { line: 3, what: 'new Date()' },
      { line: 4, what: 'storage' },
      { line: 4, what: 'fetch' },
    ]);
    expect(findImpurities('Math.random(); setTimeout(f, 1);')).toHaveLength(2);
  });

  it('leaves alone comments, dates that are given, and names that only look alike', () => {
    expect(
      findImpurities('// never Date.now\n/* Math.random\n * here */ const a = new Date(ms); prefetch(a); a.fetch();'),
    ).toEqual([]);
    expect(findImpurities("const url = 'https://x'; const b = Date.now();")).toHaveLength(1);
  });
});
