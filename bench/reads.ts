import { createPositionsReader } from '@/lib/venues/read-positions';
import { rulesOf } from '@/lib/venues/registry';
import { type Benchmark, type BenchmarkContext, BenchmarkError, type Figure } from './benchmark';
import { measureTickToRow } from './measure-tick-to-row';
import { type ContractAccountData, readAccountData } from './read-account-data';
import type { CountingClient, SeededChain } from './seeded-chain';
import { computeMedian } from './statistics';

const RUNS = 5;
/** What the contract answers without debt, where our figure is that there is none. */
const NO_DEBT = 2n ** 256n - 1n;

interface Timed<T> {
  readonly seconds: number;
  readonly calls: number;
  readonly result: T;
}

async function time<T>(counting: CountingClient, work: () => Promise<T>): Promise<Timed<T>> {
  counting.takeCallCount();
  const sinceMs = performance.now();
  const result = await work();
  return { seconds: (performance.now() - sinceMs) / 1_000, calls: counting.takeCallCount(), result };
}

type Reading = Awaited<ReturnType<ReturnType<typeof createPositionsReader>['read']>>;

/** Account by account: the reader's positions give the contract's health factor, to the last unit. */
function requireEqual(contract: readonly ContractAccountData[], reading: Reading): void {
  const byOwner = new Map(reading.owners.map((found) => [found.owner, found]));
  for (const { account, healthFactor } of contract) {
    const found = byOwner.get(account);
    const position = found?.positions.find(({ venue }) => venue === 'aave-v3');
    const figure = position && rulesOf(position).computeEvaluation(position).healthFactor;
    const ours = figure?.known ? (figure.value ?? NO_DEBT) : undefined;
    if (ours === healthFactor) continue;
    throw new BenchmarkError('WRONG_ANSWER', `The reader's health factor of ${account} is not the contract's.`, {
      inputs: { account, contract: `${healthFactor}`, ours: `${ours}`, problem: found?.problem },
      nextStep: 'Compare the legs of this account with the contract; speed says nothing until they agree.',
    });
  }
}

/** Runs of both in turn, so that what else the machine does meets both; the first run of each is not counted. */
async function measureReads({ report, explain }: BenchmarkContext, seeded: SeededChain): Promise<readonly Figure[]> {
  const counting = seeded.connect();
  const reader = createPositionsReader(counting.client, seeded.config);
  const request = { identity: seeded.identity, block: seeded.block, owners: seeded.accounts };
  // Only what was counted is kept of a run: its answers would burden the next one's memory.
  const direct: Omit<Timed<unknown>, 'result'>[] = [];
  const legs: Omit<Timed<unknown>, 'result'>[] = [];
  let callCount = 0;
  for (let run = 0; run <= RUNS; run++) {
    report(`reads: run ${run} of ${RUNS} …`);
    const { result: contract, ...directTiming } = await time(counting, () => readAccountData(seeded, counting));
    const { result: reading, ...legsTiming } = await time(counting, () => reader.read(request));
    requireEqual(contract, reading);
    callCount = reading.callCount;
    direct.push(directTiming);
    legs.push(legsTiming);
    explain(
      `run ${run}: account data ${directTiming.seconds.toFixed(2)} s, ${directTiming.calls} calls; ` +
        `legs ${legsTiming.seconds.toFixed(2)} s, ${legsTiming.calls} calls`,
    );
  }
  const [, ...runs] = direct;
  const [firstLegs, ...legRuns] = legs;
  const seconds = computeMedian(runs.map((run) => run.seconds));
  const legSeconds = computeMedian(legRuns.map((run) => run.seconds));
  const count = seeded.accounts.length;
  return [
    {
      id: 'reads.10000.seconds',
      value: seconds,
      unit: 's',
      note: `getUserAccountData of ${count} accounts through Multicall3, median of ${RUNS} runs`,
      aim: { atMost: 2.5 },
    },
    {
      id: 'reads.10000.calls',
      value: Math.max(...runs.map(({ calls }) => calls)),
      unit: 'eth_call',
      note: 'requests in one run',
      aim: { atMost: 60 },
    },
    {
      id: 'reads.legs.10000.seconds',
      value: legSeconds,
      unit: 's',
      note:
        `the product's reader over the same accounts, Aave and Morpho, median of ${RUNS} runs; ` +
        `${(legSeconds / seconds).toFixed(1)} times the above; every health factor equal to the contract's; ` +
        `with the venues' lists read first: ${firstLegs?.seconds.toFixed(1)} s`,
    },
    {
      id: 'reads.legs.10000.calls',
      value: Math.max(...legRuns.map(({ calls }) => calls)),
      unit: 'eth_call',
      note: `requests in one run; ${callCount} contract calls within them`,
    },
  ];
}

/** How fast 10,000 accounts are read, and how fast a price on the chain becomes a figure on the screen. */
export const reads: Benchmark = {
  name: 'reads',
  async run(context) {
    context.record(...(await measureReads(context, await context.openSeededChain())));
    context.record(await measureTickToRow(context));
  },
};
