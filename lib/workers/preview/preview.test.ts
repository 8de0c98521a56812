import { describe, expect, test, vi } from 'vitest';
import { toAssetId } from '@/lib/domain/asset';
import { BTC, ETH, toPosition, toReserve, USDC } from '@/lib/venues/aave-v3/testing';
import { toTrigger } from '@/lib/watch/testing';
import type { JobWorker } from '../job-client';
import type { JobProgress } from '../run-steps';
import { serveJobs } from '../serve-jobs';
import { createLineTo } from '../testing';
import { matchColumns } from './match-columns';
import { type PreviewClient, type PreviewState, supervisePreview } from './preview-client';
import type { PreviewInput, PreviewJobs } from './preview-protocol';
import { PreviewSession } from './preview-session';

vi.setConfig({ testTimeout: 60_000 });

const LONG = toPosition([
  { of: ETH, supply: '10' },
  { of: USDC, debt: '20000' },
]);
const trigger = toTrigger({ type: 'position', id: 'test' }, [{ kind: 'health-factor', side: 'below', level: '1.1' }]);
const SIMULATED: PreviewInput = {
  trigger,
  positions: [LONG],
  source: { kind: 'simulated', seed: 1, pathCount: 10, horizonSeconds: 86_400, stepSeconds: 3_600, fromMs: 0 },
  wishedLeadMs: 3_600_000,
};
const file = (text: string): PreviewInput => ({ trigger, positions: [LONG], source: { kind: 'file', text } });
const FALL = 'time_ms,weth,gold\n0,3000,1\n60000,2500,1\n120000,2400,1\n';
const createLine = (): JobWorker<PreviewJobs> =>
  createLineTo<PreviewJobs>((port) => serveJobs(port, new PreviewSession()));

/** The next client; how it came to it is in `states`. */
function start(createWorker: () => JobWorker<PreviewJobs>) {
  const states: PreviewState[] = [];
  const waiting: ((client: PreviewClient) => void)[] = [];
  const supervisor = supervisePreview({
    createWorker,
    nowMs: () => 0,
    onState: (state) => {
      states.push(state);
      if (state.kind === 'ready') for (const tell of waiting.splice(0)) tell(state.client);
    },
  });
  return { states, supervisor, next: () => new Promise<PreviewClient>((resolve) => waiting.push(resolve)) };
}
const noWorker = (): never => {
  throw new Error('There are no workers here.');
};

test.each([
  ['simulated', SIMULATED],
  ['of a file', file(FALL)],
])('the worker and the page’s own thread give the same, %s', async (_, input) => {
  const remote = await start(createLine).next();
  const local = await start(noWorker).next();
  const ofWorker = await remote.run('preview', input);
  expect(await local.run('preview', input)).toEqual(ofWorker);
  expect(ofWorker.figures.sampleCount).toBeGreaterThan(0);
});

test('a file: fires at 2,500, liquidated at 2,400; what its columns do not match is told', async () => {
  const { drawn, assumptions } = await (await start(createLine).next()).run('preview', file(FALL));
  expect(drawn).toMatchObject({ firings: [60_000], liquidations: [{ atMs: 120_000, warnedAtMs: 60_000 }] });
  expect(assumptions[0]).toContain('gold');
  const client = await start(createLine).next();
  await expect(client.run('preview', file('time_ms,weth\n1,a'))).rejects.toMatchObject({ code: 'HISTORY' });
  await expect(client.run('preview', file('time_ms,gold\n1,1'))).rejects.toMatchObject({ code: 'PREVIEW_SERIES' });
});

test('tells how far it is, and is given up when asked to', async () => {
  const client = await start(createLine).next();
  const long: PreviewInput = {
    ...SIMULATED,
    source: { kind: 'simulated', seed: 1, pathCount: 1_000, horizonSeconds: 7 * 86_400, stepSeconds: 300, fromMs: 0 },
  };
  const controller = new AbortController();
  const told: JobProgress[] = [];
  const onProgress = (progress: JobProgress) => {
    told.push(progress);
    controller.abort(new Error('enough'));
  };
  await expect(client.run('preview', long, { signal: controller.signal, onProgress })).rejects.toThrow('enough');
  expect(told[0]).toMatchObject({ phase: 'Simulating', total: 1_000 });
  // The worker is free again: it would take minutes else.
  expect((await client.run('preview', file(FALL))).drawn.firings).toEqual([60_000]);
});

test('a worker that stops is replaced, and the next one answers', async () => {
  const workers: JobWorker<PreviewJobs>[] = [];
  const started = start(() => {
    const worker = createLine();
    workers.push(worker);
    return worker;
  });
  const first = await started.next();
  const asked = first.run('preview', SIMULATED);
  const second = started.next();
  workers[0]?.onerror?.({ message: 'out of memory' } as ErrorEvent);
  await expect(asked).rejects.toMatchObject({ code: 'WORKER_LOST' });
  expect((await (await second).run('preview', file(FALL))).drawn.firings).toEqual([60_000]);
  expect(started.states.map(({ kind }) => kind)).toEqual(['starting', 'ready', 'starting', 'ready']);
});

describe('columns of a file', () => {
  const assets = [ETH, BTC, USDC].map((of) => toReserve(of).asset);
  const column = (name: string) => ({ name, points: [] });
  const [weth] = assets;

  test('by id or symbol, whatever the case; what is of no asset is told', () => {
    const { series, unmatched } = matchColumns(
      [column('wEth'), column(String(assets[1]?.id).toUpperCase()), column('x')],
      assets,
    );
    expect(series.map(({ asset }) => asset)).toEqual([weth?.id, assets[1]?.id]);
    expect(unmatched).toHaveLength(1);
  });

  test('a symbol of two assets is of none, and one asset has one column', () => {
    const twin = weth && { ...weth, id: toAssetId(1, `0x${'9'.repeat(40)}`) };
    const two = twin ? [...assets, twin] : assets;
    expect(matchColumns([column('weth')], two)).toMatchObject({
      series: [],
      unmatched: [expect.stringContaining('several')],
    });
    expect(matchColumns([column(String(weth?.id))], two).series).toHaveLength(1);
    expect(() => matchColumns([column('weth'), column(String(weth?.id))], assets)).toThrow(/another column/);
  });
});
