import { describe, expect, test } from 'vitest';
import { computePositionRow, type RowContext } from '@/lib/book/compute-position-row';
import { computeHealthFactorCurve } from '@/lib/book/health-factor-curve';
import type { ChainConfig } from '@/lib/domain/chain';
import type { ChainCheck } from '@/lib/domain/position';
import type { HistoryEntry } from '@/lib/queries/position-history';
import { NO_WHAT_IF } from '@/lib/scenarios/what-if';
import { wad } from '@/lib/units/fixed';
import { examplePosition, usdc, wstETH } from '@/lib/venues/morpho-blue/testing';
import type { ReadResult } from '@/lib/venues/read-positions';
import { toCurveSpec } from './curve-spec';
import { checkPositionLink, findPosition } from './find-position';
import { describeCheck, formatCheckJson, formatFigureName } from './format-check-json';
import { computeHistoryRange, describeGaps, toHistorySpec } from './history-spec';

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

  test('carries exact texts beside the floats it draws', () => {
    const today = curveOf(wstETH.id).points.find(({ x }) => x === 3_000);
    expect(today).toMatchObject({ xText: '$3,000', yText: '1.0750', y: 1.075 });
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
    expect(describeGaps(entries)).toBe('the node tells nothing of one block');
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
    expect(describeGaps([{ state: 'reading', block: 1n }])).toBe('reading 1 of 1 blocks');
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
