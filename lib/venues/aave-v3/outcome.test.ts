import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PositionLiquidationStep, PositionOutcome, TokenQuantity } from '@/lib/domain/outcome';
import type { OutcomeRequest } from '@/lib/domain/venue-actions';
import { formatDecimal, parseDecimal } from '@/lib/units/decimal';
import { bps, RAY, ray } from '@/lib/units/fixed';
import { computeOwed } from './accrual';
import { listPairs } from './liquidation-pair';
import { computeOutcome } from './outcome';
import type { AavePosition } from './state';
import { BTC, ETH, type HoldingInput, type ReserveInput, toPosition, toReserve, USDC } from './testing';

function readOutcome(position: AavePosition, request: OutcomeRequest = {}): PositionOutcome {
  const outcome = computeOutcome(position, request);
  if (!outcome.known) throw new Error(outcome.reason.text);
  return outcome.value;
}

const at = (of: ReserveInput, price: string): ReserveInput => ({ ...of, price });
const idOf = (of: ReserveInput) => toReserve(of).asset.id;

const value = (text: string) => parseDecimal(text, 8);
const show = ({ amount, asset }: PositionLiquidationStep['repaid']): string =>
  `${formatDecimal(amount, asset.decimals)} ${asset.symbol}`;

function readOnlyStep(outcome: PositionOutcome): PositionLiquidationStep {
  const [step, ...others] = outcome.steps;
  if (!step || others.length > 0) throw new Error(`${outcome.steps.length} steps.`);
  return step;
}

describe('one collateral, one debt', () => {
  test('half of the debt while the health factor is above 0.95', () => {
    // 10 ETH at 2,000, 83 %, against 17,000: 16,600/17,000 = 0.976. Half: 8,500, for 4.25 ETH and 5 % more: 4.4625, of which the bonus is
    // 0.2125 and a tenth of that the protocol's. Left: 5.5375 ETH, 11,075, carrying 9,192.25 against 8,500: 1.0814…
    const outcome = readOutcome(
      toPosition([
        { of: at(ETH, '2000'), supply: '10' },
        { of: USDC, debt: '17000' },
      ]),
    );
    const step = readOnlyStep(outcome);
    expect([step.repaid, step.seized, step.fee].map(show)).toEqual(['8500 USDC', '4.4625 WETH', '0.02125 WETH']);
    expect([...step.collateralLeft, ...step.debtLeft].map(show)).toEqual(['5.5375 WETH', '8500 USDC']);
    // 9,192.25/8,500 = 1.08144117647…
    expect(step.healthFactorAfter).toBe(1_081_441_176_470_588_235n);
    // 4.4625·2,000 − 8,500 = 425.
    expect([outcome.penaltyValue, outcome.badDebtValue, outcome.badDebtBearer]).toEqual([value('425'), 0n, undefined]);
    // Less the fee of 0.02125·2,000 = 42.5.
    expect(step.bonusValue).toBe(value('382.5'));
  });

  test('all of it from 0.95 down: exactly 0.95 is not above', () => {
    // 10 ETH at 83 % carry 15,770 at 1,900, and 16,600 of debt are 0.95 on the dot.
    const step = readOnlyStep(
      readOutcome(
        toPosition([
          { of: at(ETH, '1900'), supply: '10' },
          { of: USDC, debt: '16600' },
        ]),
      ),
    );
    expect(show(step.repaid)).toBe('16600 USDC');
    expect(step.healthFactorAfter).toBeNull();
  });

  test('all of it where the debt is worth less than 2,000, in the same account one cent above half', () => {
    const played = (debt: string) =>
      readOutcome(
        toPosition([
          // 1.2 ETH at 2,000 are 2,400 and carry 1,992.
          { of: at(ETH, '2000'), supply: '1.2' },
          { of: USDC, debt },
        ]),
      ).steps[0];
    expect(show(played('1999.99')?.repaid ?? { amount: 0n, asset: toReserve(USDC).asset })).toBe('1999.99 USDC');
    expect(show(played('2000')?.repaid ?? { amount: 0n, asset: toReserve(USDC).asset })).toBe('1000 USDC');
  });

  test('not enough collateral: all of it goes, and what stays unpaid is written off', () => {
    // 1 ETH at 1,000 pays for 1,000/1.05 = 952.380952381, rounded up to 952.380953 USDC; 1,047.619047 stay.
    const outcome = readOutcome(
      toPosition([
        { of: at(ETH, '1000'), supply: '1' },
        { of: USDC, debt: '2000' },
      ]),
    );
    const step = readOnlyStep(outcome);
    expect([step.repaid, step.seized].map(show)).toEqual(['952.380953 USDC', '1 WETH']);
    expect(step.badDebt.map(show)).toEqual(['1047.619047 USDC']);
    expect([...step.collateralLeft, ...step.debtLeft].map(show)).toEqual(['0 WETH', '0 USDC']);
    expect([outcome.badDebtValue, step.healthFactorAfter]).toEqual([value('1047.619047'), null]);
    expect(outcome.badDebtBearer).toBeDefined();
  });
});

describe('dust rule', () => {
  // 3 ETH at 1,000 carry 2,490 and 0.02 BTC at 60,000 (1,200) carry 936: 3,426 against 3,500, 0.979. Half of it is 1,750.
  const holdings: readonly HoldingInput[] = [
    { of: at(ETH, '1000'), supply: '3' },
    { of: BTC, supply: '0.02' },
    { of: USDC, debt: '3500' },
  ];

  test('within the close factor nothing is cut where 1,000 of both stay', () => {
    // 1,750·1.05 = 1,837.5 of 3,000: 1,162.5 stay.
    expect(show(readOutcome(toPosition(holdings)).steps[0]?.repaid ?? fail())).toBe('1750 USDC');
  });

  test('the most that leaves 1,000 of collateral', () => {
    // 2.5 ETH: 1,837.5 of 2,500 would leave 662.5. 1,500 may go, for 1,500/1.05 = 1,428.571428 and a bit; one unit more takes 1.5 and a unit.
    const [eth, , usdc] = holdings;
    if (!eth || !usdc) throw new Error('Three holdings.');
    const position = toPosition([{ ...eth, supply: '2.5' }, { of: BTC, supply: '0.03' }, usdc]);
    const [step] = readOutcome(position, { pair: { collateral: idOf(ETH), debt: idOf(USDC) } }).steps;
    if (!step) throw new Error('It is liquidatable: 2,075 + 1,404 against 3,500.');
    expect(show(step.repaid)).toBe('1428.571428 USDC');
    expect(step.collateralLeft[0]?.amount).toBeGreaterThanOrEqual(10n ** 18n);
  });

  test('the most that leaves 1,000 of debt', () => {
    // 4,000 of debt, 2,500 of it USDC: half is 2,000 and would leave 500 USDC, so 1,500.
    const DAI: ReserveInput = { ...USDC, symbol: 'DAI', id: 3 };
    const position = toPosition([
      { of: at(ETH, '1000'), supply: '4.7' },
      { of: USDC, debt: '2500' },
      { of: DAI, debt: '1500' },
    ]);
    const [step] = readOutcome(position, { pair: { collateral: idOf(ETH), debt: idOf(USDC) } }).steps;
    expect(show(step?.repaid ?? fail())).toBe('1500 USDC');
  });
});

function fail(): never {
  throw new Error('There is no step.');
}

describe('the pair', () => {
  const position = toPosition([
    { of: at(ETH, '1000'), supply: '1' },
    { of: at(BTC, '60000'), supply: '0.02' },
    { of: USDC, debt: '3000' },
  ]);

  test('what pays most goes first; the chosen one first where there is a choice, for as long as it is possible', () => {
    // The BTC pays 5 % of 1,200 less the fee, the ETH 5 % of 1,000: BTC first, then ETH; insolvent.
    const symbols = (outcome: PositionOutcome) => outcome.steps.map(({ seized }) => seized.asset.symbol);
    expect(symbols(readOutcome(position))).toEqual(['WBTC', 'WETH']);
    const chosen = readOutcome(position, { pair: { collateral: idOf(ETH), debt: idOf(USDC) } });
    expect(symbols(chosen)).toEqual(['WETH', 'WBTC']);
    expect(chosen.assumptions).not.toEqual(readOutcome(position).assumptions);
  });

  test('on a tie the lowest reserve ids', () => {
    const twin: ReserveInput = { ...USDC, id: 4, symbol: 'USDT' };
    const tied = toPosition([
      { of: at(ETH, '1000'), supply: '1' },
      { of: USDC, debt: '450' },
      { of: twin, debt: '450' },
    ]);
    expect(readOutcome(tied).steps[0]?.repaid.asset.symbol).toBe('USDC');
  });

  test('an efficiency mode’s bonus counts', () => {
    const eMode = {
      id: 1,
      label: 'ETH',
      ltv: bps(9_300n),
      liquidationThreshold: bps(9_500n),
      liquidationBonus: bps(10_100n),
      collateralBitmap: 1n,
      borrowableBitmap: 4n,
      ltvzeroBitmap: 0n,
    };
    const inMode = toPosition(
      [
        { of: at(ETH, '1000'), supply: '1' },
        { of: USDC, debt: '960' },
      ],
      eMode,
    );
    // 960 for 0.96 ETH and 1 %.
    expect(show(readOnlyStep(readOutcome(inMode)).seized)).toBe('0.9696 WETH');
  });

  test('paused, without a bonus or switched off: not a pair', () => {
    const off = (configuration: Partial<ReserveInput['configuration']>) =>
      listPairs(
        toPosition([
          { of: { ...ETH, configuration: configuration as NonNullable<ReserveInput['configuration']> }, supply: '1' },
          { of: USDC, debt: '3000' },
        ]),
      );
    expect(off({})).toEqual([{ collateral: idOf(ETH), debt: idOf(USDC) }]);
    expect([off({ paused: true }), off({ active: false }), off({ liquidationBonus: bps(0n) })]).toEqual([[], [], []]);
    expect(
      listPairs(
        toPosition([
          { of: ETH, supply: '1', off: true },
          { of: USDC, debt: '3000' },
        ]),
      ),
    ).toEqual([]);
  });
});

describe('nothing to do', () => {
  test('healthy or without debt: no steps, also where no price is known without debt', () => {
    const healthy = toPosition([
      { of: ETH, supply: '10' },
      { of: USDC, debt: '1000' },
    ]);
    const idle = toPosition([{ of: { ...ETH, price: undefined }, supply: '10' }]);
    expect([readOutcome(healthy).steps, readOutcome(idle).steps]).toEqual([[], []]);
  });

  test('a price that counts is missing: unknown', () => {
    const position = toPosition([
      { of: { ...ETH, price: undefined }, supply: '10' },
      { of: USDC, debt: '1000' },
    ]);
    expect(computeOutcome(position, {})).toMatchObject({ known: false, reason: { code: 'price-missing' } });
  });

  test('owed without any collateral: bad debt, though no liquidation takes place', () => {
    const outcome = readOutcome(toPosition([{ of: USDC, debt: '1000' }]));
    expect([outcome.steps, outcome.badDebtValue]).toEqual([[], value('1000')]);
  });

  test('at overriding prices', () => {
    const position = toPosition([
      { of: ETH, supply: '10' },
      { of: USDC, debt: '17000' },
    ]);
    const override = ({ answer = 0n, assetId }: { answer: bigint | undefined; assetId: string }) =>
      assetId === idOf(ETH) ? value('2000') : answer;
    expect(readOutcome(position).steps).toEqual([]);
    expect(show(readOutcome(position, { override }).steps[0]?.repaid ?? fail())).toBe('8500 USDC');
  });
});

/** Accounts with interest: two collaterals, two debts, prices over some orders of magnitude. */
const account = fc
  .record({
    eth: fc.bigInt({ min: 1n, max: 10n ** 22n }),
    btc: fc.bigInt({ min: 0n, max: 10n ** 11n }),
    usdc: fc.bigInt({ min: 1n, max: 10n ** 13n }),
    btcDebt: fc.bigInt({ min: 0n, max: 10n ** 10n }),
    ethAnswer: fc.bigInt({ min: 10n ** 8n, max: 10n ** 13n }),
    income: fc.bigInt({ min: RAY, max: 2n * RAY }),
    debtIndex: fc.bigInt({ min: RAY, max: 3n * RAY }),
  })
  .map(({ eth, btc, usdc, btcDebt, ethAnswer, income, debtIndex }) => {
    const reserve = { normalizedIncome: ray(income), normalizedDebt: ray(debtIndex) };
    return toPosition([
      { of: { ...ETH, price: formatDecimal(ethAnswer, 8), reserve }, supply: formatDecimal(eth, 18) },
      { of: { ...BTC, reserve }, supply: formatDecimal(btc, 8), debt: formatDecimal(btcDebt, 8) },
      { of: { ...USDC, reserve }, debt: formatDecimal(usdc, 6) },
    ]);
  });

const total = (list: readonly { readonly amount: bigint }[]): bigint =>
  list.reduce((sum, { amount }) => sum + amount, 0n);

describe('any account', () => {
  test('nothing falls below 0, every step repays something, and the run ends healthy, empty or too small', () => {
    fc.assert(
      fc.property(account, (position) => {
        const outcome = readOutcome(position);
        for (const step of outcome.steps) {
          const amounts = [...step.collateralLeft, ...step.debtLeft, ...step.badDebt, step.fee].map(
            ({ amount }) => amount,
          );
          expect(amounts.every((amount) => amount >= 0n)).toBe(true);
          expect(step.seized.amount).toBeGreaterThan(step.fee.amount);
          expect(step.badDebtValue >= 0n).toBe(true);
        }
        expect(outcome.steps.length).toBeLessThanOrEqual(60);
        expect(outcome.badDebtBearer === undefined).toBe(outcome.badDebtValue === 0n);
      }),
      { numRuns: 500 },
    );
  });

  test('what leaves the borrower is what the steps say, to a unit a step and side', () => {
    fc.assert(
      fc.property(account, (position) => {
        const { steps } = readOutcome(position);
        const last = steps.at(-1);
        if (!last) return;
        for (const { reserve, scaledDebt } of position.holdings) {
          const sum = (list: readonly TokenQuantity[]): bigint =>
            total(list.filter(({ asset }) => asset.id === reserve.asset.id));
          const before = computeOwed({ reserve, scaledDebt, scaledSupply: 0n, usedAsCollateral: false });
          const paid = sum(steps.map(({ repaid }) => repaid)) + sum(steps.flatMap(({ badDebt }) => badDebt));
          const left = sum(last.debtLeft);
          // A repayment burns a unit too little rather than one too much: what is owed never falls by more than what was paid for.
          expect(before - left <= paid && paid <= before - left + 4n * BigInt(steps.length)).toBe(true);
        }
        for (const { reserve, scaledSupply, usedAsCollateral } of position.holdings) {
          if (!usedAsCollateral) continue;
          const before = (scaledSupply * reserve.normalizedIncome) / RAY;
          const left = last.collateralLeft.find(({ asset }) => asset.id === reserve.asset.id)?.amount ?? 0n;
          const taken = total(steps.map(({ seized }) => seized).filter(({ asset }) => asset.id === reserve.asset.id));
          // Burn and fee are rounded up without interest: each takes up to one scaled unit more, worth two here, and the balance is rounded.
          const slack = 6n * BigInt(steps.length);
          expect(before - left >= taken && before - left <= taken + slack).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a lower price of the only collateral never leaves less bad debt, by more than a unit of rounding', () => {
    const amounts = fc.record({
      eth: fc.bigInt({ min: 10n ** 12n, max: 10n ** 22n }),
      usdc: fc.bigInt({ min: 1n, max: 10n ** 13n }),
      high: fc.bigInt({ min: 10n ** 6n, max: 10n ** 12n }),
      share: fc.bigInt({ min: 1n, max: 999n }),
    });
    fc.assert(
      fc.property(amounts, ({ eth, usdc, high, share }) => {
        const badDebtAt = (answer: bigint) =>
          readOutcome(
            toPosition([
              { of: at(ETH, formatDecimal(answer, 8)), supply: formatDecimal(eth, 18) },
              { of: USDC, debt: formatDecimal(usdc, 6) },
            ]),
          ).badDebtValue;
        // A unit of USDC is 100 of the base currency's.
        expect(badDebtAt((high * share) / 1_000n + 1n) + 200n >= badDebtAt(high)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
