import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres } from '@/lib/server/storage/testing/find-postgres';
import { startPostgresCluster } from '@/lib/server/storage/testing/postgres-cluster';
import { type KillCampaign, runKillCampaign } from '@/lib/server/watcher/testing/run-kill-campaign';
import { bundleProgram } from '../scripts/lib/bundle-program.mjs';
import { type Benchmark, type BenchmarkContext, BenchmarkError, type Figure } from './benchmark';
import type { LoadResult } from './watch-under-load';

const MINUTES = Number(process.env.BALLAST_MINUTES ?? 10);
/** In all, half of them on each database. */
const KILLS = Number(process.env.BALLAST_KILLS ?? 20);
const SEED = 20_261_122;

async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    return await work(folder);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

/** Runs the watcher under load, a process of its own, to its end. Errors: `BenchmarkError` APP when it ends without a result. */
async function runLoad({ report }: BenchmarkContext, folder: string): Promise<LoadResult> {
  const program = await bundleProgram('bench/watch-under-load.ts', { isServer: true });
  const child = spawn(process.execPath, [program, folder, String(MINUTES)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  let result: LoadResult | undefined;
  child.on('message', (said: { readonly progress?: string; readonly result?: LoadResult }) => {
    if (said.progress !== undefined) report(`triggers: ${said.progress}`);
    result = said.result ?? result;
  });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  process.off('exit', endWithUs);
  if (result) return result;
  throw new BenchmarkError('APP', `The watcher under load ended with ${code} and no result.`);
}

async function runKills({ report }: BenchmarkContext): Promise<readonly KillCampaign[]> {
  const binaries = findPostgres(report);
  const kills = binaries === undefined ? KILLS : Math.ceil(KILLS / 2);
  const tell = (name: string) => (line: string) => report(`triggers: ${name}, ${line}`);
  const embedded = await withFolder((directory) =>
    runKillCampaign({ env: { kind: 'embedded', directory }, kills, seed: SEED, report: tell('embedded') }),
  );
  if (binaries === undefined) {
    report('triggers: there is no Postgres server here; all kills were on the embedded database.');
    return [embedded];
  }
  const cluster = await startPostgresCluster(binaries);
  try {
    const env = { kind: 'server', url: cluster.url } as const;
    return [embedded, await runKillCampaign({ env, kills, seed: SEED, report: tell('Postgres') })];
  } finally {
    await cluster.stop();
  }
}

function listLoadFigures(load: LoadResult): readonly Figure[] {
  const what = `10,000 triggers on 10,000 positions of both venues, 10 ticks a second of 1,000 of them each for ${load.minutes} min, a block every 12 s, PGlite`;
  return [
    {
      id: 'triggers.p99Ms',
      value: load.p99Ms,
      unit: 'ms',
      note: `from when a tick was due to its firing recorded with its message; ${what}; median ${load.p50Ms} ms, most ${load.mostMs} ms; the burst apart`,
      aim: { atMost: 250 },
    },
    {
      id: 'triggers.firingsPerMinute',
      value: load.firingsPerMinute,
      unit: '/min',
      note: `${load.firings} in all`,
      aim: { atLeast: 500 },
    },
    {
      id: 'triggers.burst.seconds',
      value: load.burstSeconds,
      unit: 's',
      note: `${load.burstFirings} firings of one tick, until the last is recorded`,
    },
    {
      id: 'triggers.burst.firings',
      value: load.burstFirings,
      unit: '',
      note: 'of one tick',
      aim: { atLeast: 5_000 },
    },
    {
      id: 'triggers.memory.growthMb',
      value: load.heapGrowthMb,
      unit: 'MB/10 min',
      note: `slope of what is left after collections (heap and what it holds outside), after a fifth of the run; of the whole process ${load.rssGrowthMb.toFixed(1)}`,
      aim: { atMost: 10 },
    },
    {
      id: 'triggers.eventLoop.p99Ms',
      value: load.loopP99Ms,
      unit: 'ms',
      note: 'by which a timer came late, the burst apart',
    },
    {
      id: 'triggers.differences',
      value: load.differences,
      unit: '',
      note: `firings that are not the slow model's, of ${load.expected}, the burst among them`,
      aim: { atMost: 0 },
    },
  ];
}

function listKillFigures(campaigns: readonly KillCampaign[]): readonly Figure[] {
  const sum = (read: (campaign: KillCampaign) => number): number =>
    campaigns.reduce((total, each) => total + read(each), 0);
  const kills = sum((each) => Object.values(each.kills).reduce((total, count) => total + count, 0));
  const note = `${kills} kills (SIGKILL), ${sum(({ expected }) => expected)} messages that the slow model calls for, ${sum(({ posts }) => posts)} posts`;
  return [
    { id: 'triggers.kills.lost', value: sum(({ lost }) => lost.length), unit: '', note, aim: { atMost: 0 } },
    {
      id: 'triggers.kills.duplicated',
      value: sum(({ duplicated }) => duplicated.length),
      unit: '',
      note: 'received under two keys',
      aim: { atMost: 0 },
    },
    {
      id: 'triggers.kills.unexpected',
      value: sum(({ unexpected, unbelievable }) => unexpected.length + unbelievable),
      unit: '',
      note: 'received and not called for, or not signed',
      aim: { atMost: 0 },
    },
  ];
}

/** How fast what fires is recorded under load, and whether anything is lost when the watcher is killed. */
export const triggers: Benchmark = {
  name: 'triggers',
  async run(context) {
    const load = await withFolder((folder) => runLoad(context, folder));
    context.record(...listLoadFigures(load));
    const campaigns = await runKills(context);
    context.record(...listKillFigures(campaigns));
    const wrong =
      load.differences +
      campaigns.reduce(
        (sum, { lost, duplicated, unexpected }) => sum + lost.length + duplicated.length + unexpected.length,
        0,
      );
    if (wrong > 0) {
      throw new BenchmarkError('WRONG_ANSWER', `${wrong} firings are not what the slow model says.`, {
        inputs: { differences: load.differences, lost: campaigns.flatMap(({ lost }) => lost).slice(0, 3) },
        nextStep: 'Compare one of them with the model; speed says nothing until they agree.',
      });
    }
  },
};
