import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeSlack } from '@/lib/risk/liquidation/linear-edge';
import { NO_WHAT_IF } from '@/lib/scenarios/what-if';
import { WAD, wad } from '@/lib/units/fixed';
import { compareRational, type Rational, rational, rationalToNumber } from '@/lib/units/rational';
import { BTC, ETH, toPosition, USDC } from '@/lib/venues/aave-v3/testing';
import { examplePosition, feedSide, usdc, wstETH } from '@/lib/venues/morpho-blue/testing';
import { type Position, rulesOf } from '@/lib/venues/registry';
import { computeComparisonView } from './comparison-view';
import { computePositionRow, type RowContext } from './compute-position-row';
import { computeDirectionView, computeInterestView } from './direction-view';
import { computeFrontierView } from './frontier-view';
import { computeOutcomeView, findTurn, listPairChoices } from './outcome-view';
import type { PositionRow } from './position-row';
import { computeProbe, formatProbePrices, NO_PROBE, type ProbePrices, readProbe, toProbeOverride } from './probe';
import { computeRemediesView, type RemediesView } from './remedies-view';
import { createRemedySetting } from './remedy-setting';
import { computeHealthAfter, findStepObstacle, type RemedyStep } from './remedy-steps';
import { type RemedyView, toRemedyView } from './remedy-view';
import { computeRowEdge } from './row-edge';

const USD = 10n ** 8n;
const context: RowContext = {
  blind: undefined,
  chainTimeSeconds: 2_000,
  marketPrices: new Map(),
  latestWrites: new Map(),
  nowMs: 1_000,
  whatIf: NO_WHAT_IF,
};
const rowOf = (position: Position, more: Partial<RowContext> = {}): PositionRow =>
  computePositionRow(position, { address: position.owner, label: 'Test', kind: 'demo' }, { ...context, ...more });

// 10 wstETH at 3,000 and 86 % against 24,000 USDC: carried 25,800, health factor 1.075, turns at 2,790.6976…
const morpho = rowOf(examplePosition());
// 10 WETH at 3,000 (83 %) and 0.5 WBTC at 60,000 (78 %) against 30,000 USDC: 24,900 + 23,400 carried, health factor 1.61.
const aave = rowOf(
  toPosition([
    { of: ETH, supply: '10' },
    { of: BTC, supply: '0.5' },
    { of: USDC, debt: '30000' },
  ]),
);
const DAI = { ...USDC, symbol: 'DAI', id: 3, decimals: 18 };
const idOf = (row: PositionRow, symbol: string) => {
  const found = row.prices.find(({ asset }) => asset.symbol === symbol);
  if (!found) throw new Error(`There is no ${symbol}.`);
  return found.asset.id;
};
const isLiquidatableAt = (row: PositionRow, probe: ProbePrices): boolean => {
  const evaluation = computeProbe(row, probe);
  if (!evaluation.known || !evaluation.value.liquidatable.known) throw new Error('not known');
  return evaluation.value.liquidatable.value;
};

/** carried − owed on the exact line, base currency: below 0 it is liquidatable. */
const slackOf = (row: PositionRow, probe: ProbePrices): Rational => {
  const found = computeRowEdge(row, probe);
  if (!found.known) throw new Error(found.reason.text);
  return computeSlack(found.value.edge, found.value.prices);
};

describe('a probe', () => {
  test('travels as texts by token and comes back; digits beyond the oracle’s are cut off, 0 is the smallest price', () => {
    const texts = new Map([
      [wstETH.address, '2000.123456789999'],
      [usdc.address, '0'],
      [`0x${'9'.repeat(40)}` as const, '5'],
    ]);
    const probe = readProbe(morpho, texts);
    expect([...probe]).toEqual([
      [wstETH.id, 200_012_345_678n],
      [usdc.id, 1n],
    ]);
    expect(readProbe(morpho, formatProbePrices(morpho, probe))).toEqual(probe);
  });

  test('stands in the place of the row’s prices; others follow the what-if', () => {
    const shocked = rowOf(examplePosition(), { whatIf: { allBps: -1_000, byFamily: {} } });
    expect(toProbeOverride(shocked, NO_PROBE)({ assetId: wstETH.id } as never)).toBe(2_700n * USD);
    expect(toProbeOverride(shocked, new Map([[wstETH.id, 5n]]))({ assetId: wstETH.id } as never)).toBe(5n);
  });

  test('nothing is known while the chain cannot be seen', () => {
    const blind = rowOf(examplePosition(), { blind: { code: 'chain-unreachable', text: 'No chain.' } });
    const answers = [
      computeProbe(blind, NO_PROBE),
      computeOutcomeView(blind, NO_PROBE, undefined),
      computeFrontierView(blind, { x: wstETH.id, y: usdc.id, probe: NO_PROBE }),
      computeDirectionView(blind, { allBps: -100, byFamily: {} }),
      computeInterestView(blind),
      computeRemediesView(blind, { target: wad(2n * WAD), probe: NO_PROBE, withNew: true }),
      computeComparisonView(blind, NO_PROBE),
    ];
    for (const answer of answers) expect(answer).toEqual({ known: false, reason: blind.blind });
  });
});

describe('frontier', () => {
  test.each([
    [morpho, 'wstETH', 'USDC'],
    [aave, 'WETH', 'WBTC'],
    [aave, 'USDC', 'WETH'],
  ])('%#: the contract’s own rule turns where the line says, to a millionth', (row, x, y) => {
    const view = computeFrontierView(row, { x: idOf(row, x), y: idOf(row, y), probe: NO_PROBE });
    if (!view.known || !view.value.frontier.exists) throw new Error('There is a frontier.');
    const { points, frontier, frame } = view.value;
    expect(points.length).toBeGreaterThan(20);
    for (const point of points.filter((each) => each.x > USD / 10n && each.y > USD / 10n)) {
      expect(point.x >= frame.x.low && point.x <= frame.x.high + 1n).toBe(true);
      const at = (shift: bigint) =>
        isLiquidatableAt(
          row,
          new Map([
            [idOf(row, x), point.x],
            [idOf(row, y), point.y + (point.y * shift) / 1_000_000n + shift],
          ]),
        );
      const [below, above] = [at(-1n), at(1n)];
      expect([below, above]).toEqual(frontier.liquidatableSide === 'below' ? [true, false] : [false, true]);
    }
  });

  test.each([
    [aave, 'WETH', 'WBTC'],
    [aave, 'USDC', 'WETH'],
    [aave, 'WETH', 'USDC'],
  ])('%#: a point is safe on the exact line, and a unit further is not', (row, x, y) => {
    const view = computeFrontierView(row, { x: idOf(row, x), y: idOf(row, y), probe: NO_PROBE });
    if (!view.known || !view.value.frontier.exists) throw new Error('There is a frontier.');
    const worse = view.value.frontier.liquidatableSide === 'below' ? -1n : 1n;
    // A price of 0 is no price.
    for (const point of view.value.points.filter((each) => each.x > 0n && each.y > 1n)) {
      const isSafeAt = (answer: bigint) =>
        slackOf(
          row,
          new Map([
            [idOf(row, x), point.x],
            [idOf(row, y), answer],
          ]),
        ).numerator >= 0n;
      expect([isSafeAt(point.y), isSafeAt(point.y + worse)]).toEqual([true, false]);
    }
  });

  test('the frame stands still while a point moves in it, and stretches for one beyond', () => {
    const request = { x: idOf(aave, 'WETH'), y: idOf(aave, 'WBTC') };
    const frameAt = (answer: bigint) => {
      const view = computeFrontierView(aave, { ...request, probe: new Map([[request.x, answer]]) });
      return view.known ? view.value.frame.x : undefined;
    };
    const still = frameAt(3_000n * USD);
    expect(frameAt(1_000n * USD)).toEqual(still);
    expect(frameAt(still?.high ?? 0n)).toEqual(still);
    expect(frameAt(9_000n * USD)?.high).toBe(11_250n * USD);
  });
});

describe('a move', () => {
  test('10 wstETH, −20 %: 1,800 to give of 5,160, at 0.34883…, 2,790.69', () => {
    const view = computeDirectionView(morpho, { allBps: -2_000, byFamily: {} });
    if (!view.known || !view.value.exists) throw new Error('It turns.');
    // carried 25,800 falls by 5,160 over the whole move; owed 24,000: (25,800 − 24,000) / 5,160.
    expect(rationalToNumber(view.value.times)).toBeCloseTo(1_800 / 5_160, 12);
    expect(view.value.answers).toMatchObject([
      { asset: wstETH, turn: 279_069_767_442n, beyond: 279_069_767_441n, rounding: 'up' },
    ]);
  });

  test('what is owed turns above: shown down, looked at a unit beyond', () => {
    // 25,800 carried against 24,000 USDC at $1: it turns where a dollar is 1.075 exactly, +7.5 % of a move of +10 %.
    const view = computeDirectionView(morpho, { allBps: 0, byFamily: { usdc: 1_000 } });
    if (!view.known || !view.value.exists) throw new Error('It turns.');
    expect(view.value.answers).toMatchObject([
      { asset: usdc, turn: 107_500_000n, beyond: 107_500_001n, rounding: 'down' },
    ]);
  });

  test.each([
    ['a unit less', 10n ** 19n - 1n, { isWithin: true, survives: false }],
    ['exactly', 10n ** 19n, { isWithin: false, survives: false }],
    ['a unit more', 10n ** 19n + 1n, { isWithin: false, survives: true }],
  ])('once the move or not is decided on the fraction: %s', (_, collateral, expected) => {
    // 10 wstETH carry 25,800, by −10 % 23,220 is left, which is what is owed: once the move. A unit is 1e-19 of it, where a float has 16 digits.
    const row = rowOf(examplePosition({ collateral, borrowShares: 23_220n * 10n ** 12n }));
    const view = computeDirectionView(row, { allBps: -1_000, byFamily: {} });
    if (!view.known || !view.value.exists) throw new Error('It turns.');
    expect(rationalToNumber(view.value.times)).toBe(1);
    expect(view.value).toMatchObject(expected);
    // 2,700 but for a unit of 1e-19 of it; at the edge itself it is safe.
    const beyond = collateral < 10n ** 19n ? 270_000_000_000n : 269_999_999_999n;
    expect(view.value.answers).toMatchObject([{ beyond }]);
  });

  test('at the answers it turns by the contract’s rule, whatever the move', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9_000, max: 5_000 }), fc.integer({ min: -9_000, max: 5_000 }), (eth, btc) => {
        const view = computeDirectionView(aave, { allBps: 0, byFamily: { eth, btc } });
        if (!view.known) throw new Error(view.reason.text);
        if (!view.value.exists) return;
        const { answers } = view.value;
        const shown = new Map(answers.map(({ asset, beyond }) => [asset.id, beyond]));
        expect(slackOf(aave, shown).numerator).toBeLessThan(0n);
        // A ten-thousandth of the way short of the edge, and beyond it.
        const at = (share: bigint) =>
          new Map(
            answers.map(({ asset, turn }) => {
              const before = aave.prices.find((figure) => figure.asset === asset)?.answer ?? 0n;
              return [asset.id, before + ((turn - before) * (10_000n + share)) / 10_000n] as const;
            }),
          );
        expect([isLiquidatableAt(aave, at(1n)), isLiquidatableAt(aave, at(-1n))]).toEqual([true, false]);
      }),
    );
  });
});

describe('outcome', () => {
  test('healthy at its prices; at the price where it turns it is liquidated', () => {
    const healthy = computeOutcomeView(morpho, NO_PROBE, undefined);
    expect(healthy).toMatchObject({ known: true, value: { steps: [], badDebtValue: 0n } });
    const turn = findTurn(morpho);
    if (!turn) throw new Error('It turns.');
    const liquidated = computeOutcomeView(morpho, new Map([[turn.asset.id, turn.answer]]), undefined);
    expect(liquidated.known && liquidated.value.steps.length).toBeGreaterThan(0);
    expect(
      findTurn(rowOf(examplePosition({ base: feedSide(wstETH, 2_700n * USD), price: 2_700n * 10n ** 24n }))),
    ).toBeUndefined();
  });

  test('every pair by its name; the chosen one is taken', () => {
    const choices = listPairChoices(aave);
    expect(choices.map(({ label }) => label)).toEqual(['WETH for USDC', 'WBTC for USDC']);
    const probe = new Map([[idOf(aave, 'WETH'), 500n * USD]]);
    for (const { pair } of choices) {
      const outcome = computeOutcomeView(aave, probe, pair);
      expect(outcome.known && outcome.value.steps[0]?.pair).toEqual(pair);
    }
  });
});

const remediesOf = (row: PositionRow, target: bigint, probe: ProbePrices = NO_PROBE): RemediesView => {
  const view = computeRemediesView(row, { target: wad(target), probe, withNew: true });
  if (!view.known) throw new Error(view.reason.text);
  return view.value;
};
const stepsOf = (view: RemediesView, kind: string, to?: string) =>
  view.single.find((remedy) => remedy.kind === kind && (to === undefined || remedy.to?.symbol === to));

describe('remedies', () => {
  test('10 wstETH against 24,000 to 1.25: repay 3,360, add 1.6279…', () => {
    const view = remediesOf(morpho, (125n * WAD) / 100n);
    // 25,800 / 1.25 = 20,640 may be owed; (1.25 · 24,000 − 25,800) / 2,580 = 4,200 / 2,580 of wstETH.
    const repay = stepsOf(view, 'repay')?.steps[0];
    expect(repay?.amount).toBe(3_360_000_000n);
    const added = stepsOf(view, 'add-collateral')?.steps[0];
    expect(Number(added?.amount) / 1e18).toBeCloseTo(4_200 / 2_580, 6);
    // Cash brought in: 3,360; 1.6279… · 3,000 = 4,883.72…; sold for the debt 4,200 / (1.25 · 2,991 − 2,580) = 3.6246…, of which 0.3 %.
    expect(Number(stepsOf(view, 'repay')?.cost) / 1e8).toBeCloseTo(3_360, 4);
    expect(Number(stepsOf(view, 'add-collateral')?.cost) / 1e8).toBeCloseTo(4_883.7209, 3);
    expect(Number(stepsOf(view, 'repay-with-collateral')?.cost) / 1e8).toBeCloseTo(
      (4_200 / (1.25 * 2_991 - 2_580)) * 9,
      3,
    );
    expect(view.single[0]?.kind).toBe('repay-with-collateral');
  });

  const targets = fc.bigInt({ min: WAD, max: 4n * WAD });
  const rows = fc.constantFrom(
    morpho,
    aave,
    rowOf(
      toPosition([
        { of: ETH, supply: '10' },
        { of: BTC, debt: '0.2' },
        { of: USDC, debt: '9000' },
      ]),
    ),
    rowOf(
      toPosition([
        { of: USDC, supply: '50000' },
        { of: ETH, debt: '9' },
      ]),
    ),
    rowOf(
      toPosition([
        { of: ETH, supply: '10', debt: '3' },
        { of: USDC, debt: '12000' },
      ]),
    ),
    // Both collaterals are sold for several debts at once.
    rowOf(
      toPosition([
        { of: ETH, supply: '0.017408394487595330', debt: '0.002007777752856664' },
        { of: BTC, supply: '0.00064123' },
        { of: USDC, debt: '32.2142' },
        { of: DAI, debt: '38.561981000000000001' },
      ]),
    ),
    rowOf(examplePosition({ collateral: 4_000_000_000_000n, borrowShares: 9_000n * 10n ** 6n })),
  );

  test('each reaches the target by the contract’s own figure, and a unit less of what is given does not', () => {
    let tried = 0;
    fc.assert(
      fc.property(rows, targets, fc.integer({ min: 60, max: 100 }), (row, target, percent) => {
        const probe = new Map(
          row.prices
            .filter(({ asset }) => asset.symbol !== 'USDC')
            .map(({ asset, answer = 0n }) => [asset.id, (answer * BigInt(percent)) / 100n]),
        );
        const override = toProbeOverride(row, probe);
        const healthOf = (steps: readonly RemedyStep[]) => computeHealthAfter(row.position, steps, override);
        for (const { kind, steps, unavailable, healthFactorAfter } of remediesOf(row, target, probe).single) {
          if (unavailable !== undefined || steps.length === 0) continue;
          tried += 1;
          expect(healthFactorAfter === null || healthFactorAfter >= target, kind).toBe(true);
          expect(healthOf(steps)).toBe(healthFactorAfter);
          expect(findStepObstacle(row.position, steps)).toBeUndefined();
          const [only] = steps;
          if (only && steps.length === 1) {
            const less = healthOf([{ ...only, amount: only.amount - 1n }]);
            expect(less !== null && less !== undefined && less < target, kind).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
    expect(tried).toBeGreaterThan(60);
  });

  /** Nobody sells more than he has, or repays more than he owes. */
  const thereIs = ({ collateral, debt }: PositionRow, kind: RemedyStep['kind'], id: string): bigint => {
    if (kind === 'supply' || kind === 'borrow') return 2n ** 128n;
    const side = kind === 'withdraw' ? collateral : debt;
    return side.find(({ leg }) => leg.asset.id === id)?.leg.amount ?? 0n;
  };

  test('the mix reaches it too, costs no more than any single one, and takes no more than there is', () => {
    fc.assert(
      fc.property(rows, targets, (row, target) => {
        const { cheapest, single } = remediesOf(row, target);
        for (const { steps } of [...single, ...(cheapest ? [cheapest] : [])]) {
          for (const { kind, asset, amount } of steps) expect(amount <= thereIs(row, kind, asset.id)).toBe(true);
        }
        if (!cheapest || cheapest.unavailable !== undefined) return;
        const health = computeHealthAfter(row.position, cheapest.steps, toProbeOverride(row, NO_PROBE));
        expect(health === null || (health !== undefined && health >= target)).toBe(true);
        // A cent: costs are those of the closed form, rounded up.
        for (const { cost, unavailable } of single) {
          if (unavailable === undefined) expect(cheapest.cost <= cost + USD / 100n).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('the most that can be taken out keeps the target; a unit more does not, or the venue refuses it', () => {
    let found = 0;
    fc.assert(
      fc.property(rows, fc.bigInt({ min: WAD, max: 2n * WAD }), (row, target) => {
        for (const { kind, asset, amount, unavailable } of remediesOf(row, target).headrooms) {
          const healthAt = (units: bigint) =>
            computeHealthAfter(row.position, [{ kind, asset, amount: units }], toProbeOverride(row, NO_PROBE));
          if (amount === 0n) {
            // Nothing is said of what there is nothing of, and of a reason not to take it a sentence.
            const [leg] = row.collateral.filter((each) => each.leg.asset.id === asset.id);
            if (kind === 'borrow' || (leg && leg.leg.amount > 0n)) expect(unavailable, asset.symbol).toMatch(/\.$/);
            continue;
          }
          found += 1;
          expect(unavailable).toBeUndefined();
          const [health, beyond] = [healthAt(amount), healthAt(amount + 1n)];
          expect(health === null || (health !== undefined && health >= target)).toBe(true);
          const isAll =
            kind === 'withdraw' && row.collateral.some(({ leg }) => leg.asset.id === asset.id && leg.amount === amount);
          const isShort = beyond !== null && beyond !== undefined && beyond < target;
          const obstacle = findStepObstacle(row.position, [{ kind, asset, amount: amount + 1n }]);
          expect(isAll || isShort || obstacle !== undefined, `${kind} ${asset.symbol}`).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
    expect(found).toBeGreaterThan(20);
  });

  test('where the target is what stops it, that is said', () => {
    // Health factor 1.075 against a target of 1.25.
    const { headrooms } = remediesOf(morpho, (5n * WAD) / 4n);
    expect(headrooms.map(({ kind, amount, unavailable }) => [kind, amount, unavailable])).toEqual([
      ['withdraw', 0n, 'The health factor would fall below the target.'],
      ['borrow', 0n, 'The health factor would fall below the target.'],
    ]);
  });

  test('what the venue refuses is not offered, and why is said', () => {
    const frozen = rowOf(
      toPosition([
        { of: { ...ETH, configuration: { frozen: true } }, supply: '10' },
        { of: { ...USDC, configuration: { paused: true } }, debt: '20000' },
      ]),
    );
    const view = remediesOf(frozen, 2n * WAD);
    expect(view.single.every(({ unavailable }) => unavailable !== undefined)).toBe(true);
    expect(stepsOf(view, 'add-collateral')?.unavailable).toContain('frozen');
    expect(stepsOf(view, 'repay')?.unavailable).toContain('paused');
  });

  // 5 WETH (83 %) carry 12,450 of 12,000 owed; 0.02 WBTC and 500 USDC are supplied but switched off. To 1.25, 2,550 are missing.
  const idle = (paused: boolean) =>
    rowOf(
      toPosition([
        { of: ETH, supply: '5' },
        { of: { ...BTC, configuration: { ...BTC.configuration, paused } }, supply: '0.02', off: true },
        { of: USDC, supply: '500', debt: '12000', off: true },
      ]),
    );
  const write = (remedy: RemedyView | undefined) => remedy?.steps.map(({ kind, asset }) => `${kind} ${asset.symbol}`);

  test('the cheapest mix: what is idle first, then what carries', () => {
    const { cheapest, refused } = remediesOf(idle(false), (125n * WAD) / 100n);
    expect(write(cheapest)).toEqual(['repay USDC', 'withdraw WBTC', 'withdraw USDC', 'withdraw WETH']);
    // 500 USDC gain 625 for nothing, 1,200 of WBTC 1.25·1,196.4 = 1,495.5 for 3.6; the 429.5 left take 429.5/1,248.75 WETH, 9 each lost.
    expect(cheapest?.swapLoss).toBe(669_549_550n);
    expect(refused).toBeUndefined();
  });

  test('where the venue refuses a part of it, that is said, and the cheapest without it stands', () => {
    const { cheapest, refused } = remediesOf(idle(true), (125n * WAD) / 100n);
    expect(write(refused)).toContain('withdraw WBTC');
    expect(refused?.unavailable).toContain('WBTC is paused');
    expect(write(cheapest)).toEqual(['repay USDC', 'withdraw USDC', 'withdraw WETH']);
    expect(cheapest?.unavailable).toBeUndefined();
    // (2,550 − 625)/1,248.75·9 = 13.873873…, rounded up
    expect(cheapest).toMatchObject({ cash: 0n, swapLoss: 1_387_387_388n, cost: 1_387_387_388n });
  });

  test('what a cost is made of: cash, what swaps lose, or both', () => {
    const view = remediesOf(morpho, (125n * WAD) / 100n);
    expect(stepsOf(view, 'repay')).toMatchObject({ cash: 336_000_000_000n, swapLoss: 0n, cost: 336_000_000_000n });
    const sold = stepsOf(view, 'repay-with-collateral');
    expect(sold).toMatchObject({ cash: 0n, swapLoss: sold?.cost });
    const setting = createRemedySetting(morpho, () => undefined, wad(WAD));
    const parts = [
      { from: undefined, cost: rational(3_000n) },
      { from: wstETH.id, cost: rational(9n) },
    ];
    const named = { kind: 'mix', from: undefined, to: undefined } as const;
    const mix = toRemedyView(setting, named, parts, undefined);
    expect(mix).toMatchObject({ cash: 3_000n * USD, swapLoss: 9n * USD, cost: 3_009n * USD });
  });

  describe('assets it does not have', () => {
    const LISTED = [
      { ...ETH, symbol: 'wstETH', id: 4, price: '3600' },
      { ...USDC, symbol: 'XAUt', id: 5, configuration: { debtCeiling: 1_000n } },
      { ...USDC, symbol: 'USDT', id: 6, configuration: { ...USDC.configuration, frozen: true } },
      { ...USDC, symbol: 'LUSD', id: 7, price: undefined },
    ];
    // 10 WETH at 3,000 (83 %) against 20,000 USDC: 24,900 carried; to 1.5, 30,000 − 24,900 = 5,100 are missing.
    const inMarket = rowOf(
      toPosition(
        [
          { of: ETH, supply: '10' },
          { of: USDC, debt: '20000' },
        ],
        undefined,
        [ETH, USDC, BTC, ...LISTED],
      ),
    );
    const target = (15n * WAD) / 10n;

    test('can be added: what is listed, priced and counts as collateral; what is refused says why', () => {
      const view = remediesOf(inMarket, target);
      const added = view.single.filter(({ kind }) => kind === 'add-collateral');
      expect(added.map(({ to }) => to?.symbol).sort()).toEqual(['USDC', 'USDT', 'WBTC', 'WETH', 'wstETH']);
      // 5,100 / (60,000 · 0.78) = 0.10897435… WBTC, up to its unit; 5,100 / (3,600 · 0.83) = 1.706827… wstETH.
      expect(stepsOf(view, 'add-collateral', 'WBTC')).toMatchObject({ isNew: true, steps: [{ amount: 10_897_436n }] });
      expect(Number(stepsOf(view, 'add-collateral', 'wstETH')?.steps[0]?.amount) / 1e18).toBeCloseTo(1.706827, 6);
      expect(stepsOf(view, 'add-collateral', 'WETH')?.isNew).toBe(false);
      expect(stepsOf(view, 'add-collateral', 'USDT')?.unavailable).toContain('frozen');
    });

    test('until all are asked for, the cheapest that can be done is enough', () => {
      const view = computeRemediesView(inMarket, { target: wad(target), probe: NO_PROBE, withNew: false });
      if (!view.known) throw new Error(view.reason.text);
      const all = remediesOf(inMarket, target).single;
      const news = view.value.single.filter(({ isNew }) => isNew);
      expect(news).toEqual(all.filter(({ isNew, unavailable }) => isNew && unavailable === undefined).slice(0, 1));
      expect(view.value.single.filter(({ isNew }) => !isNew)).toEqual(
        all.filter(({ isNew, steps }) => !isNew && steps.length > 0),
      );
      expect(view.value.headrooms.some(({ isNew }) => isNew)).toBe(false);
      expect(view.value.hasCandidates).toBe(true);
    });

    test('stand at the what-if’s prices', () => {
      const shocked = rowOf(inMarket.position, { whatIf: { allBps: -1_000, byFamily: {} } });
      const added = stepsOf(remediesOf(shocked, target), 'add-collateral', 'WBTC');
      // 30,000 − 22,410 = 7,590 missing, over 54,000 · 0.78 = 42,120 a WBTC: 0.18019943…
      expect(added?.steps[0]?.amount).toBe(18_019_944n);
    });

    test('of a family that was moved are left out: they would look like a shelter from the fall', () => {
      const view = remediesOf(inMarket, target, new Map([[idOf(inMarket, 'WETH'), 2_700n * USD]]));
      expect(view.single.some(({ to }) => to?.symbol === 'wstETH')).toBe(false);
      expect(stepsOf(view, 'add-collateral', 'WBTC')).toBeDefined();
    });

    test('can be borrowed against, without any debt too', () => {
      const row = rowOf(toPosition([{ of: ETH, supply: '10' }], undefined, [ETH, USDC, BTC, ...LISTED]));
      const { headrooms, isReached } = remediesOf(row, WAD);
      expect(isReached).toBe(true);
      const borrow = headrooms.filter(({ kind }) => kind === 'borrow');
      expect(borrow.every(({ isNew }) => isNew)).toBe(true);
      // 30,000 · 80.5 % = 24,150 dollars.
      const most = (symbol: string) => borrow.find(({ asset }) => asset.symbol === symbol)?.amount;
      expect([most('USDC'), most('WBTC')]).toEqual([24_150_000_000n, 40_250_000n]);
      expect(borrow.find(({ asset }) => asset.symbol === 'USDT')?.unavailable).toContain('frozen');
      expect(remediesOf(rowOf(examplePosition({ borrowShares: 0n })), WAD).headrooms).toMatchObject([
        { kind: 'withdraw' },
        // 10 · 3,000 · 86 % = 25,800 of the loan token.
        { kind: 'borrow', asset: usdc, amount: 25_800_000_000n, isNew: true },
      ]);
    });
  });

  test.each([
    [WAD, true],
    [1_001n * 10n ** 15n - 1n, true],
    [1_001n * 10n ** 15n, false],
  ])('so close to 1 that interest counts: %s', (target, isTight) => {
    expect(remediesOf(morpho, target)).toMatchObject({ isTight });
  });

  test('reached as it is: nothing to do', () => {
    expect(remediesOf(aave, WAD)).toMatchObject({ isReached: true, single: [], cheapest: undefined });
  });
});

test('the same legs elsewhere: its own venue first, what can hold nothing last, its own figure its own', () => {
  const view = computeComparisonView(aave, NO_PROBE);
  if (!view.known) throw new Error(view.reason.text);
  const [own] = view.value;
  expect(own).toMatchObject({ venue: 'aave-v3', isCurrent: true });
  // (10 · 3,000 · 0.83 + 0.5 · 60,000 · 0.78) / 30,000 = 1.61
  expect(own?.risk?.healthFactor && compareRational(own.risk.healthFactor, rational(161n, 100n))).toBe(0);
  const evaluation = rulesOf(aave.position).computeEvaluation(aave.position);
  expect(evaluation.healthFactor).toEqual({ known: true, value: wad((161n * WAD) / 100n) });
  const firstEmpty = view.value.findIndex(({ positions }) => positions.length === 0);
  expect(view.value.slice(firstEmpty).every(({ positions }) => positions.length === 0)).toBe(true);
});
