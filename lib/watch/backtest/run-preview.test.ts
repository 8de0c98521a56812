import { describe, expect, test } from 'vitest';
import type { AssetId } from '@/lib/domain/asset';
import { InvalidInputError } from '@/lib/domain/errors';
import type { PriceSeries } from '@/lib/triggers/backtest/price-series';
import type { PriceSource } from '@/lib/triggers/subject';
import type { Trigger } from '@/lib/triggers/trigger';
import { parseDecimal } from '@/lib/units/decimal';
import { rational, rationalToNumber } from '@/lib/units/rational';
import { BTC, ETH, toPosition, toReserve, USDC } from '@/lib/venues/aave-v3/testing';
import { toTrigger } from '../testing';
import { type Preview, type PreviewRequest, runPreview } from './run-preview';

const idOf = (of: typeof ETH | typeof BTC | typeof USDC): AssetId => toReserve(of).asset.id;
const MINUTE_MS = 60_000;
/** 10 ETH at 83 % against 20,000: health factor 8.3 · price / 20,000, 1 at 2,409.63…. */
const LONG = toPosition([
  { of: ETH, supply: '10' },
  { of: USDC, debt: '20000' },
]);
const series = (
  asset: AssetId,
  prices: readonly string[],
  source: PriceSource = 'market',
  stepMs = MINUTE_MS,
): PriceSeries => ({
  asset,
  source,
  points: prices.map((price, index) => ({ atMs: index * stepMs, price: rational(parseDecimal(price, 8), 10n ** 8n) })),
});
const below = (level: string, changes: Partial<Trigger> = {}): Trigger =>
  toTrigger({ type: 'position', id: 'test' }, [{ kind: 'health-factor', side: 'below', level }], changes);

function run(request: Partial<PreviewRequest> & Pick<PreviewRequest, 'source'>): Preview {
  const steps = runPreview({ trigger: below('1.1'), positions: [LONG], ...request });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
const onSeries = (told: readonly PriceSeries[], request: Partial<PreviewRequest> = {}): Preview =>
  run({ source: { kind: 'series', series: told }, ...request });

/** Health factors 1.245, 1.162, 1.0375, 1.0043, 0.996, 1.079. */
const FALL = ['3000', '2800', '2500', '2420', '2400', '2600'];

describe('over prices that were told', () => {
  test('fires at 2,500, two minutes before 2,400 liquidates', () => {
    const { figures, range, drawn, assumptions } = onSeries([series(idOf(ETH), FALL)]);
    expect(figures).toEqual({
      pathCount: 1,
      firedPathCount: 1,
      firingCount: 1,
      liquidatedPathCount: 1,
      liquidationCount: 1,
      missedCount: 0,
      falseAlarmCount: 0,
      leadMs: { shortest: 2 * MINUTE_MS, median: 2 * MINUTE_MS },
      sampleCount: 6,
      blindCount: 0,
    });
    expect(range).toEqual({ fromMs: 0, toMs: 5 * MINUTE_MS });
    expect(drawn).toMatchObject({ subjectId: 'test', path: 0, asset: { name: 'WETH' }, firings: [2 * MINUTE_MS] });
    expect(drawn.points.map(({ figure }) => figure && rationalToNumber(figure))).toEqual([
      1.245, 1.162, 1.0375, 1.0043, 0.996, 1.079,
    ]);
    expect(drawn.points.map(({ price }) => price && rationalToNumber(price))).toEqual(FALL.map(Number));
    expect(assumptions[0]).toContain('USDC');
  });

  test('the oracle says it later than the market, by its threshold: what the market would bring is known before', () => {
    // 0.4 % and 0.8 % below 2,412: the oracle writes 2,392.7 at the second, 0.99297 · 8.3 … liquidatable; the market is so at the first, 2,402.4.
    const slow = series(idOf(ETH), ['2412', '2402.4', '2392.7']);
    const implied = toTrigger({ type: 'position', id: 'test' }, [{ kind: 'implied-price', side: 'below', level: '1' }]);
    const { figures, drawn } = onSeries([slow], { trigger: implied });
    expect(drawn).toMatchObject({
      firings: [MINUTE_MS],
      liquidations: [{ atMs: 2 * MINUTE_MS, warnedAtMs: MINUTE_MS }],
    });
    expect(figures.leadMs?.shortest).toBe(MINUTE_MS);
    // Told as the oracle's own answers they are the oracle's at once.
    const own = onSeries([series(idOf(ETH), ['2412', '2402.4', '2392.7'], 'oracle')], { trigger: implied });
    expect(own.drawn.liquidations).toEqual([{ atMs: MINUTE_MS, warnedAtMs: null }]);
    expect(own.figures.missedCount).toBe(1);
  });

  test('kinds of the market: a gap to the oracle, a move within a window, blind until the window is told', () => {
    const asset = { type: 'asset', asset: idOf(ETH) } as const;
    const gap = toTrigger(asset, [{ kind: 'oracle-deviation', side: 'above', level: '0.003' }]);
    const slow = series(idOf(ETH), ['2412', '2402.4', '2392.7']);
    expect(onSeries([slow], { trigger: gap }).drawn.firings).toEqual([MINUTE_MS]);
    const params = { asset: idOf(ETH), source: 'market', windowSeconds: 120 };
    const move = toTrigger(asset, [{ kind: 'price-move', side: 'below', level: '-0.1', params }]);
    // 2,800 to 2,500 is −10.7 % within two minutes: past it although the window is told for the first time.
    const { figures, drawn } = onSeries([series(idOf(ETH), FALL)], { trigger: move });
    expect(drawn.firings).toEqual([2 * MINUTE_MS]);
    expect(figures).toMatchObject({ blindCount: 2, leadMs: { shortest: 2 * MINUTE_MS } });
  });

  test('the silence of an oracle is looked at too: 50 minutes of an hour are 0.83 heartbeats', () => {
    const stale = toTrigger({ type: 'asset', asset: idOf(ETH) }, [
      { kind: 'oracle-stale', side: 'above', level: '0.8' },
    ]);
    const still = series(idOf(ETH), Array<string>(13).fill('3000'), 'market', 10 * MINUTE_MS);
    expect(onSeries([still], { trigger: stale }).drawn.firings).toEqual([50 * MINUTE_MS, 110 * MINUTE_MS]);
  });

  test('an owner’s positions fire each for itself; an asset’s trigger counts the liquidations of those that have it', () => {
    const short = {
      ...toPosition([
        { of: USDC, supply: '20000' },
        { of: BTC, debt: '0.1' },
      ]),
      id: 'other',
    };
    const ofOwner = { ...below('1.1'), scope: { type: 'owner', owner: LONG.owner } as const };
    const { figures } = onSeries([series(idOf(ETH), FALL)], { trigger: ofOwner, positions: [LONG, short] });
    expect(figures).toMatchObject({ firingCount: 1, sampleCount: 12, liquidationCount: 1 });
    const price = toTrigger({ type: 'asset', asset: idOf(ETH) }, [
      { kind: 'price-level', side: 'below', level: '2450', params: { asset: idOf(ETH), source: 'market' } },
    ]);
    expect(onSeries([series(idOf(ETH), FALL)], { trigger: price, positions: [LONG, short] }).figures).toMatchObject({
      firingCount: 1,
      sampleCount: 6,
      leadMs: { shortest: MINUTE_MS },
    });
  });

  test('the level for a wished time: 1.1621 fires two minutes earlier than 2,420, three before 2,400', () => {
    const { level } = onSeries([series(idOf(ETH), FALL)], { wishedLeadMs: 3 * MINUTE_MS });
    expect(level).toEqual({ exists: true, level: '1.1621', inTimeCount: 1, liquidationCount: 1 });
    expect(onSeries([series(idOf(ETH), FALL)], { wishedLeadMs: 5 * MINUTE_MS }).level?.exists).toBe(false);
    expect(onSeries([series(idOf(ETH), ['3000', '3000'])], { wishedLeadMs: 1 }).level?.exists).toBe(false);
  });

  test('a price that cannot be used leaves the trigger blind, never quiet', () => {
    const blind = toPosition([
      { of: { ...ETH, price: undefined }, supply: '10' },
      { of: USDC, debt: '20000' },
    ]);
    const { figures } = onSeries([series(idOf(ETH), FALL)], { positions: [blind] });
    expect(figures).toMatchObject({ blindCount: 6, sampleCount: 6, firingCount: 0 });
  });

  test('refused: nothing that has to do with it, or prices of something else', () => {
    const codeOf = (request: Partial<PreviewRequest>, told: readonly PriceSeries[]): string | undefined => {
      try {
        onSeries(told, request);
      } catch (error) {
        return error instanceof InvalidInputError ? error.code : String(error);
      }
      return undefined;
    };
    expect(codeOf({ positions: [] }, [series(idOf(ETH), FALL)])).toBe('PREVIEW_EMPTY');
    expect(codeOf({ positions: [{ ...LONG, id: 'other' }] }, [series(idOf(ETH), FALL)])).toBe('PREVIEW_EMPTY');
    expect(codeOf({}, [series(idOf(BTC), FALL)])).toBe('PREVIEW_SERIES');
  });
});

describe('over simulated paths', () => {
  const source = {
    kind: 'simulated',
    seed: 3,
    pathCount: 20,
    horizonSeconds: 86_400,
    stepSeconds: 1_800,
    fromMs: 0,
  } as const;
  /** Near its end: 8.3 · 3,000 / 24,000 = 1.0375. */
  const near = toPosition([
    { of: ETH, supply: '10' },
    { of: USDC, debt: '24000' },
  ]);

  test('the same seed gives the same, and begins at the prices of now', () => {
    const once = run({ source, positions: [near], trigger: below('1.03') });
    expect(run({ source, positions: [near], trigger: below('1.03') })).toEqual(once);
    expect(run({ source: { ...source, seed: 4 }, positions: [near], trigger: below('1.03') })).not.toEqual(once);
    const [first] = once.drawn.points;
    expect(first?.figure && rationalToNumber(first.figure)).toBe(1.0375);
    expect(once.figures.pathCount).toBe(20);
    expect(once.figures.firedPathCount).toBeGreaterThan(0);
    expect(once.figures.firedPathCount).toBeLessThan(20);
  });

  test('a path ends with its liquidation, so that none counts twice; each is warned of, or missed', () => {
    const { figures } = run({ source, positions: [near], trigger: below('1.03') });
    expect(figures.liquidationCount).toBe(figures.liquidatedPathCount);
    expect(figures.liquidatedPathCount).toBeGreaterThan(0);
    expect(figures.sampleCount).toBeLessThan(20 * 49);
    // Below a level that no path comes back to it warns from the first moment on.
    const always = run({ source, positions: [near], trigger: below('100') }).figures;
    expect(always).toMatchObject({ firedPathCount: 20, missedCount: 0, falseAlarmCount: 0 });
    // What is liquidatable only is no warning.
    const never = run({ source, positions: [near], trigger: below('0.01') }).figures;
    expect(never.missedCount).toBe(never.liquidationCount);
  });

  test('a level for a wished time holds in nine of ten of those that are liquidated, and the next path of them needs another', () => {
    const wished = { source: { ...source, pathCount: 100 }, positions: [near], wishedLeadMs: 3 * 3_600_000 };
    const { level, figures } = run(wished);
    expect(level).toMatchObject({ exists: true, liquidationCount: figures.liquidationCount });
    if (!level?.exists) return;
    const needed = Math.ceil(0.9 * level.liquidationCount);
    expect(level.liquidationCount).toBeGreaterThan(20);
    expect(level.inTimeCount).toBe(needed);
    const then = run({ ...wished, trigger: below(level.level) });
    expect(then.figures.missedCount).toBeLessThanOrEqual(level.liquidationCount - needed);
  });
});
