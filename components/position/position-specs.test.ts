import { describe, expect, test } from 'vitest';
import { computePositionRow, type RowContext } from '@/lib/book/compute-position-row';
import { computeFrontierView } from '@/lib/book/frontier-view';
import { computeHealthFactorCurve } from '@/lib/book/health-factor-curve';
import { NO_PROBE } from '@/lib/book/probe';
import type { ChainConfig } from '@/lib/domain/chain';
import type { ChainCheck } from '@/lib/domain/position';
import type { HistoryEntry } from '@/lib/queries/position-history';
import { NO_WHAT_IF } from '@/lib/scenarios/what-if';
import { wad } from '@/lib/units/fixed';
import { examplePosition, feedSide, usdc, wstETH } from '@/lib/venues/morpho-blue/testing';
import type { ReadResult } from '@/lib/venues/read-positions';
import { toCurveSpec } from './curve-spec';
import { checkPositionLink, findPosition } from './find-position';
import { describeCheck, formatCheckJson, formatFigureName } from './format-check-json';
import { toFrontierSpec } from './frontier-spec';
import { computeHistoryProgress, computeHistoryRange, describeGaps, toHistorySpec } from './history-spec';
import { describeNextWrite } from './next-write-panel';

const ONE = 10n ** 18n;
const position = examplePosition();
const context: RowContext = {
  blind: undefined,
  chainTimeSeconds: 2_000,
  marketPrices: new Map(),
  latestWrites: new Map(),
  nowMs: 0,
  whatIf: NO_WHAT_IF,
};
const row = computePositionRow(position, { address: position.owner, label: 'Test', kind: 'demo' }, context);

describe('curve on the chart', () => {
  const curveOf = (assetId: typeof wstETH.id) => {
    const curve = computeHealthFactorCurve(row, { assetId, whatIf: NO_WHAT_IF });
    if (!curve.known || !curve.value) throw new Error('no curve');
    return toCurveSpec(curve.value);
  };

  test('marks today and the liquidation price inside it, with the thresholds in view', () => {
    for (const assetId of [wstETH.id, usdc.id]) {
      const spec = curveOf(assetId);
      expect(spec.marks.map(({ label }) => label.split(' ')[0])).toEqual(['today', 'liquidated']);
      for (const { x, y } of spec.marks) {
        expect(x > spec.xRange.low && x < spec.xRange.high).toBe(true);
        expect(y >= spec.yRange.low && y <= spec.yRange.high).toBe(true);
      }
      for (const { y } of spec.thresholds) expect(y > spec.yRange.low && y < spec.yRange.high).toBe(true);
    }
  });

  test('carries exact texts beside the floats it draws, sensible digits for the table, plain numbers for the export', () => {
    const spec = curveOf(wstETH.id);
    const today = spec.points.find(({ x }) => x === 3_000);
    expect(today).toMatchObject({ xText: '$3,000', yText: '1.0750', y: 1.075, csv: ['3000', '1.075'] });
    expect(spec.csvHead).toEqual(['wstETH price (USD)', 'Health factor']);
    const turn = spec.points.find(({ x }) => x > 2_790 && x < 2_791);
    expect(turn?.xRow).toBe('$2,791');
    expect(turn?.xText).toMatch(/^\$2,790\.\d{5,8}$/);
    for (const { csv } of spec.points) for (const cell of csv) expect(cell).toMatch(/^\d+(\.\d+)?$/);
  });

  test('under a what-if the figure is the what-if’s and today’s stands beside; past the turning point it is cured, not liquidated', () => {
    const whatIf = { allBps: 0, byFamily: { eth: -2000 } };
    const shocked = computePositionRow(
      position,
      { address: position.owner, label: 'Test', kind: 'demo' },
      { ...context, whatIf },
    );
    const curve = computeHealthFactorCurve(shocked, { assetId: wstETH.id, whatIf });
    if (!curve.known || !curve.value) throw new Error('no curve');
    expect(toCurveSpec(curve.value).marks.map(({ label }) => label)).toEqual([
      'what-if $2,400',
      'cured above $2,791',
      'today $3,000',
    ]);
    const dollars = computeHealthFactorCurve(shocked, { assetId: usdc.id, whatIf });
    if (!dollars.known || !dollars.value) throw new Error('no curve');
    expect(toCurveSpec(dollars.value).marks[1]?.label).toMatch(/^cured below \$0\./);
  });
});

describe('frontier on the chart', () => {
  const pointsOf = (x: typeof wstETH.id, y: typeof wstETH.id) => {
    const view = computeFrontierView(row, { x, y, probe: NO_PROBE });
    if (!view.known) throw new Error(view.reason.text);
    return toFrontierSpec(view.value, { probe: NO_PROBE, affected: false, onMove: () => {} }).points;
  };
  const toFloat = (text: string) => Number(text.replace(/[$,]/g, ''));

  test('the price at which it turns is never shown further away: of what is held up, of what is owed down', () => {
    // 8.6 wstETH carry 24,000 USDC: below the line in the price of wstETH, above it in that of USDC.
    const held = pointsOf(usdc.id, wstETH.id);
    const owed = pointsOf(wstETH.id, usdc.id);
    expect(held.length + owed.length).toBeGreaterThan(40);
    for (const { yText, yExact } of held) expect(toFloat(yText)).toBeGreaterThanOrEqual(toFloat(yExact ?? ''));
    for (const { yText, yExact } of owed) expect(toFloat(yText)).toBeLessThanOrEqual(toFloat(yExact ?? ''));
  });
});

describe('history on the chart', () => {
  const read = (block: bigint, timestampSeconds: number, healthFactor: bigint | null): HistoryEntry => ({
    state: 'read',
    block,
    timestampSeconds,
    healthFactor: { known: true, value: healthFactor === null ? null : wad(healthFactor) },
  });

  test('a block whose state is gone breaks the line and is marked between its neighbours', () => {
    const entries: HistoryEntry[] = [
      read(10n, 1_000, ONE * 2n),
      { state: 'gap', block: 15n, gone: true, text: 'state not available' },
      read(20n, 1_100, (ONE * 3n) / 2n),
    ];
    const spec = toHistorySpec(entries, undefined);
    expect(spec?.points.map(({ x, y }) => [x, y])).toEqual([
      [1_000, 2],
      [1_050, null],
      [1_100, 1.5],
    ]);
    expect(spec?.gaps).toEqual([1_050]);
    expect(spec?.marks[0]).toMatchObject({ x: 1_100, y: 1.5 });
    expect(computeHistoryRange(spec)).toEqual({ low: 1_000, high: 1_100 });
    expect(describeGaps(entries)).toBe('this chain no longer has the states of one block of 3');
    expect(spec?.points.map(({ csv }) => csv)).toEqual([
      ['1970-01-01T00:16:40Z', '10', '2', ''],
      ['', '15', '', 'not told by the node'],
      ['1970-01-01T00:18:20Z', '20', '1.5', ''],
    ]);
  });

  test('what is still being read breaks the line between its own neighbours, wherever they lie in time', () => {
    // Blocks 1 to 10 took a second, 10 to 30 a thousand: block 5 lies within the first second.
    const spec = toHistorySpec(
      [
        read(1n, 1_000, ONE * 2n),
        { state: 'reading', block: 5n },
        read(10n, 1_001, ONE * 2n),
        { state: 'reading', block: 20n },
        read(30n, 2_001, ONE),
      ],
      undefined,
    );
    expect(spec?.points.map(({ y }) => y)).toEqual([2, null, 2, null, 1]);
    expect(spec?.points[1]?.x).toBeCloseTo(1_000 + 4 / 9, 9);
    expect(spec?.points[3]?.x).toBe(1_501);
    expect(spec?.points[1]?.yText).toBe('not read yet');
    expect(spec?.gaps).toEqual([]);
  });

  test('how far back the chain remembers is said, and who did not answer apart from it', () => {
    const gone = (block: bigint): HistoryEntry => ({ state: 'gap', block, gone: true, text: 'gone' });
    const entries = [gone(1n), gone(2n), read(1_234n, 60, ONE), read(1_300n, 120, ONE)];
    expect(describeGaps(entries)).toMatch(
      /^this chain remembers its states back to at least block 1,234 \(.*\): 2 blocks before that cannot be drawn$/,
    );
    const silent: HistoryEntry = { state: 'gap', block: 1_250n, gone: false, text: 'timed out' };
    expect(describeGaps([read(1n, 1, ONE), silent, read(1_300n, 2, ONE)])).toBe('no answer about one block');
  });

  test('progress is told while a history fills, not with each new block', () => {
    const reading = (block: bigint): HistoryEntry => ({ state: 'reading', block });
    expect(computeHistoryProgress([reading(1n)])).toEqual({ done: 0, total: 1 });
    const filling = [read(1n, 1, ONE), ...[2n, 3n, 4n, 5n].map(reading)];
    expect(computeHistoryProgress(filling)).toEqual({ done: 1, total: 5 });
    expect(computeHistoryProgress([read(1n, 1, ONE), read(2n, 2, ONE), reading(3n)])).toBeUndefined();
    expect(computeHistoryProgress([])).toBeUndefined();
  });

  test('before the position was open, and without debt, there is no figure and it says which', () => {
    const spec = toHistorySpec(
      [{ state: 'absent', block: 1n, timestampSeconds: 10 }, read(2n, 20, null), read(3n, 30, ONE)],
      undefined,
    );
    expect(spec?.points.map(({ yText }) => yText)).toEqual(['not open', 'no debt', '1.0000']);
    expect(spec?.points.map(({ y }) => y)).toEqual([null, null, 1]);
  });

  test('nothing to draw until two blocks are placed', () => {
    expect(toHistorySpec([], undefined)).toBeUndefined();
    expect(toHistorySpec([read(1n, 10, null), read(2n, 20, null)], undefined)).toBeUndefined();
    expect(toHistorySpec([{ state: 'reading', block: 1n }, read(2n, 20, ONE)], undefined)).toBeUndefined();
    expect(describeGaps([{ state: 'reading', block: 1n }])).toBeUndefined();
  });
});

describe('what the next oracle write does', () => {
  const USD = 10n ** 8n;
  const verdictOf = (
    market: bigint,
    more: { readonly answer?: bigint; readonly deviationBps?: number | undefined; readonly isWhatIf?: boolean } = {},
  ) => {
    const { answer = 3_000n, isWhatIf = false } = more;
    const side = feedSide(wstETH, answer * USD);
    const deviationBps = 'deviationBps' in more ? more.deviationBps : 50;
    const base = { ...side, price: { ...side.price, deviationBps } };
    const example = examplePosition({ base, price: answer * 10n ** 24n });
    const figures = computePositionRow(
      example,
      { address: example.owner, label: 'Test', kind: 'demo' },
      {
        ...context,
        marketPrices: new Map([
          [wstETH.id, { assetId: wstETH.id, answer: market * USD, observedAtMs: 0, receivedAtMs: 0, source: 'test' }],
        ]),
      },
    );
    const figure = figures.prices.find(({ asset }) => asset.id === wstETH.id);
    if (!figure) throw new Error('no price');
    const { liquidatable } = figures.evaluation;
    return describeNextWrite(figure, { isLiquidatable: liquidatable.known && liquidatable.value, isWhatIf });
  };

  test('each case has its own word and sentence', () => {
    // Liquidated at 2,790.70; the feed writes at 0.5 %.
    expect(verdictOf(3_001n)).toMatchObject({ word: 'none due', text: expect.stringMatching(/no write is due/) });
    expect(verdictOf(2_950n)).toMatchObject({ word: 'write due', text: expect.stringMatching(/survives it/) });
    expect(verdictOf(2_700n)).toMatchObject({ word: 'liquidates', text: expect.stringMatching(/a write is due/) });
    expect(verdictOf(2_788n, { answer: 2_795n })).toMatchObject({
      word: 'would liquidate',
      text: expect.stringMatching(/no write is due yet, and one would liquidate/),
    });
    expect(verdictOf(2_788n, { answer: 2_795n, deviationBps: undefined }).text).toMatch(/the feed does not tell when/);
  });

  test('below 1 already, nothing is said to lie ahead: a write cures it or does not', () => {
    expect(verdictOf(2_710n, { answer: 2_700n })).toMatchObject({
      word: 'no cure',
      text: expect.stringMatching(/^Liquidatable now, and still so at the market’s price of wstETH; above \$2,791/),
    });
    expect(verdictOf(2_900n, { answer: 2_700n })).toMatchObject({
      word: 'cures',
      text: expect.stringMatching(/is due/),
    });
    expect(verdictOf(2_795n, { answer: 2_788n })).toMatchObject({
      word: 'would cure',
      text: expect.stringMatching(/but no write is due/),
    });
  });

  test('under a what-if the sentence says that it is about moved prices', () => {
    expect(verdictOf(2_700n, { isWhatIf: true }).text).toMatch(
      /^With oracle and market moved by the what-if: the market/,
    );
  });
});

describe('links', () => {
  const config: ChainConfig = {
    chainId: 1,
    name: 'Test chain',
    stalledAfterMs: 4_000,
    multicall3: `0x${'c'.repeat(40)}`,
    morpho: { address: `0x${'d'.repeat(40)}`, marketIds: [position.market.id] },
  };
  const kindOf = (id: string) => {
    const link = checkPositionLink(id, config);
    return link.ok ? 'ok' : link.problem.kind;
  };
  const owner = position.owner;
  const market = position.market.id;

  test('each way a link can be wrong has its own state', () => {
    expect(kindOf(position.id)).toBe('ok');
    expect(kindOf('anything')).toBe('unreadable-link');
    expect(kindOf(`compound~1~${market}~${owner}`)).toBe('unknown-venue');
    expect(kindOf(`morpho-blue~1~market~${owner}`)).toBe('unknown-market');
    expect(kindOf(`morpho-blue~1~0x${'7'.repeat(64)}~${owner}`)).toBe('unknown-market');
    expect(kindOf(`morpho-blue~5~${market}~${owner}`)).toBe('other-chain');
    expect(kindOf(`aave-v3~1~0x${'7'.repeat(40)}~${owner}`)).toBe('venue-not-here');
    expect(kindOf(`morpho-blue~1~${market}~0x12`)).toBe('invalid-owner');
  });

  test('what was read of the owner decides the rest', () => {
    const link = checkPositionLink(position.id, config);
    if (!link.ok) throw new Error(link.problem.text);
    const resultOf = (found: ReadResult['owners'][number]): ReadResult => ({
      identity: position.chain,
      block: position.block,
      owners: [found],
      problems: [],
      callCount: 1,
      requestCount: 1,
    });
    const kind = (found: ReadResult['owners'][number]) => {
      const state = findPosition(link.parts, resultOf(found));
      return state && ('position' in state ? 'position' : state.problem.kind);
    };
    expect(findPosition(link.parts, undefined)).toBeUndefined();
    expect(kind({ owner: `0x${'8'.repeat(40)}`, positions: [position] })).toBeUndefined();
    expect(kind({ owner, positions: [position] })).toBe('position');
    expect(kind({ owner, positions: [] })).toBe('none-of-owner');
    expect(kind({ owner, positions: [], problem: 'reverted' })).toBe('read-failed');
    expect(kind({ owner, positions: [{ ...position, id: `morpho-blue~1~0x0~${owner}` }] })).toBe('not-this-one');
  });
});

describe('check on chain', () => {
  const check: ChainCheck = {
    blockHash: '0x05',
    blockNumber: 5n,
    contract: `0x${'d'.repeat(40)}`,
    functionName: 'getUserAccountData',
    calldata: '0x1234',
    answer: '0xabcd',
    figures: [
      { name: 'healthFactor', contract: 2n ** 256n - 1n, ours: 2n ** 256n - 1n, unitsOff: 0n },
      { name: 'liquidatable', contract: true, ours: true, unitsOff: 0n },
    ],
  };

  test('says the worst difference', () => {
    const off = (unitsOff: bigint): ChainCheck => ({
      ...check,
      figures: [...check.figures, { name: 'ltv', contract: 1n, ours: 1n + unitsOff, unitsOff }],
    });
    expect(describeCheck(check)).toBe('equal, 0 units off');
    expect(describeCheck(off(1n))).toBe('1 unit off');
    expect(describeCheck(off(7n))).toBe('7 units off');
    expect(describeCheck({ ...check, figures: [] })).toBe('nothing to compare');
  });

  test('as JSON it can be repeated, to the last digit', () => {
    const json = JSON.parse(formatCheckJson(check, position.id, 'http://127.0.0.1:3000/api/rpc'));
    expect(json.figures[0].ours).toBe((2n ** 256n - 1n).toString());
    expect(json.request.params).toEqual([{ to: check.contract, data: '0x1234' }, { blockHash: '0x05' }]);
    expect(json.curl).toContain("-d '{");
    expect(JSON.parse(json.curl.slice(json.curl.indexOf("'{") + 1, -1))).toEqual(json.request);
    expect(formatFigureName('totalCollateralBase')).toBe('total collateral base');
  });
});
