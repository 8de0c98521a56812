import { expect, test } from '@playwright/test';
import type { DevnetState, MarketTick } from '@/lib/devnet/devnet-state';
import { EventStreamParser } from '@/lib/feeds/simulated/event-stream';
import { readPortProblem } from '../scripts/lib/ports.mjs';
import { filterAlive, findListeningPid, listFamily } from './support/processes';
import { type Launcher, startLauncher } from './support/start-launcher';

const EXIT_CODE_OF_CTRL_C = 130;
const MAX_MESSAGE = 1_000_000;

// One launcher for all: what ends it comes last.
test.describe.configure({ mode: 'serial' });

let launcher: Launcher;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  launcher = await startLauncher();
});
test.afterAll(() => launcher?.stop());

const pids = () => ({
  app: findListeningPid(launcher.ports.app),
  chain: findListeningPid(launcher.ports.chain),
  control: findListeningPid(launcher.ports.control),
});

/** Fails where there is no process: to kill what is not there would prove nothing. */
function killHard(pid: number | undefined): void {
  if (pid === undefined) throw new Error('Nothing listens on the port');
  process.kill(pid, 'SIGKILL');
}

async function readJson<T>(url: string): Promise<T | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    return response.ok ? ((await response.json()) as T) : undefined;
  } catch {
    return undefined;
  }
}

const readDevnet = () => readJson<DevnetState>(`http://127.0.0.1:${launcher.ports.control}/state`);
const readHealth = () =>
  readJson<{ readonly chain: { readonly state: string; readonly genesisHash?: string } }>(`${launcher.url}/api/health`);

/** The market's ticks over one connection; `isOpen` is false once that broke. */
async function listenToMarket() {
  const abort = new AbortController();
  const response = await fetch(`http://127.0.0.1:${launcher.ports.control}/stream`, {
    headers: { 'x-ballast-token': launcher.token },
    signal: abort.signal,
  });
  const sequences: number[] = [];
  let open = true;
  const read = async () => {
    const parser = new EventStreamParser(MAX_MESSAGE);
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      for (const { event, data } of parser.push(decoder.decode(chunk as Uint8Array, { stream: true }))) {
        if (event === 'market') sequences.push((JSON.parse(data) as MarketTick).sequence);
      }
    }
  };
  void read()
    .catch(() => undefined)
    .finally(() => {
      open = false;
    });
  return { sequences, isOpen: () => open, close: () => abort.abort() };
}

test('an app that is killed is started again; the chain and the market go on as if nothing had been', async () => {
  const before = pids();
  const chain = (await readDevnet())?.chain;
  expect(chain?.genesisHash).toMatch(/^0x[0-9a-f]{64}$/);
  const market = await listenToMarket();
  await expect.poll(() => market.sequences.length).toBeGreaterThan(0);
  killHard(before.app);
  await expect
    .poll(async () => (await readHealth())?.chain, { intervals: [100] })
    .toMatchObject({
      state: 'live',
      genesisHash: chain?.genesisHash,
    });
  const after = pids();
  expect(after.app).not.toBe(before.app);
  expect([after.chain, after.control]).toEqual([before.chain, before.control]);
  expect((await readDevnet())?.chain).toMatchObject({ status: 'ready', restarts: 0, genesisHash: chain?.genesisHash });
  const seen = market.sequences.length;
  await expect.poll(() => market.sequences.length).toBeGreaterThan(seen);
  expect(market.isOpen()).toBe(true);
  market.close();
  const [first = 0] = market.sequences;
  expect(market.sequences).toEqual(market.sequences.map((_, index) => first + index));
  expect(launcher.lines.filter((line) => /The app ended unexpectedly \(SIGKILL\)/.test(line))).toHaveLength(1);
});

test('a chain’s keeper that is killed comes back at the same ports, with a chain that the app takes up by itself', async () => {
  const before = pids();
  const genesisHash = (await readDevnet())?.chain.genesisHash;
  killHard(before.control);
  await expect
    .poll(async () => (await readDevnet())?.chain.status, { timeout: 60_000, intervals: [200] })
    .toBe('ready');
  const chain = (await readDevnet())?.chain;
  expect(chain?.genesisHash).not.toBe(genesisHash);
  await expect
    .poll(async () => (await readHealth())?.chain, { intervals: [100] })
    .toMatchObject({
      state: 'live',
      genesisHash: chain?.genesisHash,
    });
  const after = pids();
  expect(after.app).toBe(before.app);
  for (const name of ['chain', 'control'] as const) {
    expect(after[name]).toBeDefined();
    expect(after[name]).not.toBe(before[name]);
  }
  // Its node does not outlive it.
  expect(filterAlive([before.chain ?? 0])).toEqual([]);
});

test('Ctrl-C ends everything: no process is left, and no port stays taken', async () => {
  const family = listFamily(launcher.pid);
  expect(family).toEqual(expect.arrayContaining([launcher.pid, ...Object.values(pids())]));
  launcher.signal('SIGINT');
  expect(await launcher.ended).toBe(EXIT_CODE_OF_CTRL_C);
  await expect.poll(() => filterAlive(family), { timeout: 2_000 }).toEqual([]);
  for (const port of Object.values(launcher.ports)) {
    expect([port, await readPortProblem('127.0.0.1', port)]).toEqual([port, undefined]);
  }
});
