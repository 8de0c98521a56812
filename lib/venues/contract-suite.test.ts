import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Asset, type AssetId, type Hash, toAssetId } from '@/lib/domain/asset';
import { decodeJson, encodeJson } from '@/lib/domain/codec';
import type { Evaluation } from '@/lib/domain/evaluation';
import { type Known, toOptional } from '@/lib/domain/known';
import type { OraclePrice, PriceOverride } from '@/lib/domain/price';
import type { PositionChange } from '@/lib/domain/venue-actions';
import type { VenueModel } from '@/lib/domain/venue-model';
import { bps, RAY, ray, tokenAmount, WAD } from '@/lib/units/fixed';
import { absoluteRational, compareRational, multiplyRational, rational, subtractRational } from '@/lib/units/rational';
import type { AaveHolding, AavePosition, AaveReserve } from './aave-v3/state';
import { actionsOf, venueActions } from './actions';
import { venueModels } from './models';
import { examplePosition as exampleMorpho, feedSide, usdc, wstETH } from './morpho-blue/testing';
import { type Position, rulesOf, type VenueId, venueRules } from './registry';

/** What every venue must keep, over example positions of each: a venue added to the registry does not compile here without examples. */

const HERE = fileURLToPath(new URL('.', import.meta.url));
const E8 = 10n ** 8n;
const hashOf = (digit: string): Hash => `0x${digit.repeat(64)}`;
const addressOf = (digit: string): `0x${string}` => `0x${digit.repeat(40)}`;

const AAVE_ASSETS = {
  WETH: { digit: '1', decimals: 18, price: 3_000n * E8, threshold: 8_300n, ltv: 8_050n },
  WBTC: { digit: '2', decimals: 8, price: 95_000n * E8, threshold: 7_800n, ltv: 7_300n },
  USDC: { digit: '3', decimals: 6, price: 99_990_000n, threshold: 7_800n, ltv: 7_500n },
} as const;
type AaveSymbol = keyof typeof AAVE_ASSETS;

function aaveReserve(symbol: AaveSymbol, id: number): AaveReserve {
  const { digit, decimals, price, threshold, ltv } = AAVE_ASSETS[symbol];
  const address = addressOf(digit);
  const asset: Asset = { id: toAssetId(1, address), chainId: 1, address, symbol, decimals };
  return {
    asset,
    id,
    configuration: {
      ltv: bps(ltv),
      liquidationThreshold: bps(threshold),
      liquidationBonus: bps(10_500n),
      decimals,
      active: true,
      frozen: false,
      paused: false,
      borrowingEnabled: true,
      borrowableInIsolation: symbol === 'USDC',
      siloedBorrowing: false,
      reserveFactor: bps(1_000n),
      supplyCap: undefined,
      borrowCap: undefined,
      liquidationProtocolFee: bps(1_000n),
      debtCeiling: 0n,
    },
    liquidityIndex: ray(RAY + 123_456_789n),
    variableBorrowIndex: ray(RAY + 987_654_321n),
    liquidityRate: ray(RAY / 50n),
    variableBorrowRate: ray(RAY / 25n),
    lastUpdateSeconds: 1_000,
    normalizedIncome: ray(RAY + 10n ** 25n + 7n),
    normalizedDebt: ray(RAY + 2n * 10n ** 25n + 3n),
    isolationModeTotalDebt: 0n,
    totalSupplied: tokenAmount(10n ** 24n),
    totalBorrowed: tokenAmount(10n ** 23n),
    price: {
      assetId: asset.id,
      feed: addressOf(`${Number(digit) + 4}`),
      answer: price,
      decimals: 8,
      updatedAtSeconds: 900,
      roundId: 3n,
      rounds: [],
      heartbeatSeconds: 3_600,
      deviationBps: 50,
      problem: undefined,
    },
  };
}

interface AaveExample {
  readonly symbol: AaveSymbol;
  readonly supply?: bigint;
  readonly debt?: bigint;
  readonly collateral?: boolean;
}

function exampleAave(holdings: readonly AaveExample[]): AavePosition {
  const owner = addressOf('9');
  const pool = addressOf('8');
  return {
    id: `aave-v3~1~${pool}~${owner}`,
    venue: 'aave-v3',
    chain: { chainId: 1, genesisHash: hashOf('0') },
    owner,
    block: { number: 5n, hash: hashOf('5'), timestampSeconds: 2_000 },
    pool,
    marketName: 'Aave Ethereum Market',
    eMode: undefined,
    holdings: holdings.map(({ symbol, supply = 0n, debt = 0n, collateral = true }, id): AaveHolding => {
      return {
        reserve: aaveReserve(symbol, id),
        scaledSupply: supply,
        scaledDebt: debt,
        usedAsCollateral: supply > 0n && collateral,
      };
    }),
  };
}

const WETH_10 = 10n * 10n ** 18n;

const examples: { readonly [V in VenueId]: Readonly<Record<string, Extract<Position, { venue: V }>>> } = {
  'aave-v3': {
    'two collaterals, one debt': exampleAave([
      { symbol: 'WETH', supply: WETH_10 },
      { symbol: 'WBTC', supply: 2n * 10n ** 7n },
      { symbol: 'USDC', debt: 25_000n * 10n ** 6n },
    ]),
    'short ETH': exampleAave([
      { symbol: 'USDC', supply: 40_000n * 10n ** 6n },
      { symbol: 'WETH', debt: 5n * 10n ** 18n },
    ]),
    'one asset on both sides': exampleAave([
      { symbol: 'WETH', supply: WETH_10, debt: 2n * 10n ** 18n },
      { symbol: 'USDC', supply: 1_000n * 10n ** 6n, debt: 12_000n * 10n ** 6n },
    ]),
    'collateral switched off': exampleAave([
      { symbol: 'WETH', supply: WETH_10 },
      { symbol: 'WBTC', supply: 10n ** 8n, collateral: false },
      { symbol: 'USDC', debt: 10_000n * 10n ** 6n },
    ]),
    'already liquidatable': exampleAave([
      { symbol: 'WETH', supply: WETH_10 },
      { symbol: 'USDC', debt: 26_000n * 10n ** 6n },
    ]),
    dust: exampleAave([
      { symbol: 'WETH', supply: 4_000_000_000n },
      { symbol: 'USDC', debt: 5n },
    ]),
    'no debt': exampleAave([{ symbol: 'WETH', supply: WETH_10 }]),
  },
  'morpho-blue': {
    'collateral and debt': exampleMorpho(),
    'with an odd loan price': exampleMorpho({
      quote: feedSide(usdc, 99_990_000n, addressOf('b')),
      price: (3_000n * E8 * 10n ** 24n) / 99_990_000n,
    }),
    'already liquidatable': exampleMorpho({ base: feedSide(wstETH, 2_700n * E8), price: 2_700n * 10n ** 24n }),
    'lending beside borrowing': exampleMorpho({ supplyShares: 10n ** 15n }),
    dust: exampleMorpho({ collateral: 4_000_000_000n, borrowShares: 5n * 10n ** 6n }),
    'no debt': exampleMorpho({ borrowShares: 0n }),
  },
};

const venueIds = Object.keys(venueRules) as VenueId[];
const positions = venueIds.flatMap((venue) =>
  Object.entries<Position>(examples[venue]).map(([situation, position]) => ({ venue, situation, position })),
);

/** Fails on any write, so that a rule that changes its input throws. */
function freezeDeep<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freezeDeep(inner);
  }
  return value;
}

const at =
  (answers: ReadonlyMap<AssetId, bigint>): PriceOverride =>
  (price) =>
    answers.get(price.assetId) ?? price.answer;

const has = (figure: Known<bigint | null>): boolean => typeof toOptional(figure) === 'bigint';

describe('registry', () => {
  test('every folder beside the registry is a registered venue; those of the chain have rules, actions, state and reader', () => {
    const folders = readdirSync(HERE, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const registered = new Set<string>([...venueIds, ...Object.keys(venueModels)]);
    expect(folders.map(({ name }) => name).sort()).toEqual([...registered].sort());
    const readers = readFileSync(`${HERE}/read-positions.ts`, 'utf8');
    for (const venue of venueIds) {
      for (const file of ['rules.ts', 'actions.ts', 'state.ts', 'read.ts']) {
        expect(existsSync(`${HERE}/${venue}/${file}`), `${venue}/${file}`).toBe(true);
      }
      expect(readers, `${venue} is read`).toContain(`'./${venue}/read'`);
    }
  });

  test.each(venueIds)('%s goes by its own key and name', (venue) => {
    expect(venueRules[venue].id).toBe(venue);
    expect(venueRules[venue].name).not.toBe('');
    expect(Object.keys(venueActions)).toContain(venue);
    expect(Object.keys(examples[venue]).length).toBeGreaterThan(0);
  });
});

describe.each(positions)('$venue, $situation', ({ venue, position }) => {
  freezeDeep(position);
  const rules = rulesOf(position);
  const legs = rules.listLegs(position);
  const prices = rules.listPrices(position);
  const evaluation = rules.computeEvaluation(position);
  const hasDebt = legs.some(({ side }) => side === 'debt');
  const priceOf = (assetId: AssetId): OraclePrice => {
    const found = prices.find((price) => price.assetId === assetId);
    if (!found) throw new Error(`${assetId} has no price.`);
    return found;
  };
  const isLiquidatableAt = (answers: ReadonlyMap<AssetId, bigint>): boolean | undefined =>
    toOptional(rules.computeEvaluation(position, at(answers)).liquidatable);

  test('names itself: venue, chain, market and owner, safe in a path', () => {
    expect(position.id).toMatch(/^[a-z0-9~-]+$/);
    expect(position.id.split('~')).toHaveLength(4);
    expect(position.id.startsWith(`${venue}~${position.chain.chainId}~`)).toBe(true);
    expect(position.id.endsWith(`~${position.owner}`)).toBe(true);
    const market = rules.formatMarket(position);
    expect(market).not.toBe('');
    expect(market).not.toMatch(/undefined|null|NaN/);
  });

  test('lists each leg and each price once', () => {
    const keys = legs.map(({ side, asset, enabled }) => `${side} ${asset.id} ${enabled}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(prices.map(({ assetId }) => assetId)).size).toBe(prices.length);
    for (const leg of legs) {
      expect(leg.amount).toBeGreaterThan(0n);
      expect(leg.price.assetId).toBe(leg.asset.id);
      const hasLimits = leg.liquidationThreshold !== undefined && leg.maxLtv !== undefined;
      if (leg.side === 'debt') expect(hasLimits).toBe(false);
      else if (leg.enabled) expect(hasLimits).toBe(true);
      if (leg.side === 'debt' || leg.enabled) expect(priceOf(leg.asset.id)).toEqual(leg.price);
    }
  });

  test('is pure: the same input gives the same figures, through JSON too', () => {
    expect(rules.computeEvaluation(position)).toEqual(evaluation);
    const travelled = decodeJson(encodeJson(position)) as Position;
    expect(rulesOf(travelled).computeEvaluation(travelled)).toEqual(evaluation);
    expect(rulesOf(travelled).computeLiquidationPrices(travelled)).toEqual(rules.computeLiquidationPrices(position));
  });

  test('the oracle’s own prices put in its place change nothing', () => {
    const identity: PriceOverride = (price) => price.answer;
    expect(rules.computeEvaluation(position, identity)).toEqual(evaluation);
    expect(rules.computeLiquidationPrices(position, identity)).toEqual(rules.computeLiquidationPrices(position));
  });

  test('with other answers of its oracles it is what an override with them makes it, and what it was stays', () => {
    for (const factor of [90n, 100n, 113n]) {
      const shock: PriceOverride = ({ answer }) => answer && (answer * factor) / 100n;
      const moved = rules.replacePrices(position, (price) => ({ ...price, answer: shock(price), updatedAtSeconds: 7 }));
      expect(rules.computeEvaluation(moved)).toEqual(rules.computeEvaluation(position, shock));
      expect(rules.computeLiquidationPrices(moved)).toEqual(rules.computeLiquidationPrices(position, shock));
      expect(rules.listPrices(moved)).toEqual(
        prices.map((price) => ({ ...price, answer: shock(price), updatedAtSeconds: 7 })),
      );
    }
    expect(rules.computeEvaluation(position)).toEqual(evaluation);
  });

  test('with an answer that is missing or 0 it is unknown, not what it was', () => {
    for (const answer of [undefined, 0n]) {
      const problem = answer === undefined ? 'missing' : 'invalid';
      const moved = rules.replacePrices(position, (price) => ({ ...price, answer, problem }));
      if (hasDebt) expect(rules.computeEvaluation(moved).healthFactor.known).toBe(false);
    }
  });

  test('health factor and liquidatable never contradict', () => {
    const healthFactor = toOptional(evaluation.healthFactor);
    expect(evaluation.healthFactor.known && evaluation.liquidatable.known).toBe(true);
    expect(healthFactor === null).toBe(!hasDebt);
    expect(toOptional(evaluation.liquidatable)).toBe(healthFactor != null && healthFactor < WAD);
    expect(toOptional(evaluation.collateralRatio) === null).toBe(!hasDebt);
  });

  test('a price that is missing or not above 0 makes figures unknown with a reason, never safe', () => {
    for (const leg of legs.filter(({ side, enabled }) => side === 'debt' || enabled)) {
      for (const answer of [undefined, 0n, -1n]) {
        const blind = rules.computeEvaluation(position, (price) =>
          price.assetId === leg.asset.id ? answer : price.answer,
        );
        const values: (keyof Evaluation)[] =
          leg.side === 'debt' ? ['debtValue'] : hasDebt ? ['collateralValue', 'ltv'] : ['collateralValue'];
        const judged: (keyof Evaluation)[] = hasDebt ? ['healthFactor', 'liquidatable', ...values] : values;
        for (const name of judged) {
          const figure = blind[name];
          expect(figure.known, `${name} without ${leg.asset.symbol}`).toBe(false);
          if (!figure.known) expect(figure.reason.text).toContain(leg.asset.symbol);
        }
      }
    }
  });

  test('at each liquidation price liquidatable, one unit to the safe side not', () => {
    const { alone } = rules.computeLiquidationPrices(position);
    for (const price of alone) {
      if (!price.exists) {
        expect(price.text).not.toBe('');
        continue;
      }
      const spot = priceOf(price.assetId);
      expect(price.decimals).toBe(spot.decimals);
      const { answer = 0n } = spot;
      expect(price.distance.numerator * answer).toBe((price.answer - answer) * price.distance.denominator);
      const safeSide = price.direction === 'below' ? price.answer + 1n : price.answer - 1n;
      expect(isLiquidatableAt(new Map([[price.assetId, price.answer]]))).toBe(true);
      if (safeSide > 0n) expect(isLiquidatableAt(new Map([[price.assetId, safeSide]]))).toBe(false);
    }
    if (!hasDebt) for (const price of alone) expect(price).toMatchObject({ exists: false, reason: 'no-debt' });
  });

  test('at the common drop of all collateral liquidatable, a unit less not', () => {
    const { together } = rules.computeLiquidationPrices(position);
    if (!together.exists) {
      expect(together.text).not.toBe('');
      return;
    }
    const dropped = (drop: bigint) =>
      new Map(
        legs
          .filter(({ side, enabled }) => side === 'collateral' && enabled)
          .map(({ asset }) => [asset.id, ((priceOf(asset.id).answer ?? 0n) * (WAD - drop)) / WAD]),
      );
    expect(isLiquidatableAt(dropped(together.drop))).toBe(true);
    expect(isLiquidatableAt(dropped(together.drop - 1n))).toBe(false);
  });

  test('the health factor at a price is the evaluation’s; at no price there is none', () => {
    for (const { assetId, answer = 0n } of prices) {
      expect(rules.computeHealthFactorAt(position, assetId, answer)).toBe(toOptional(evaluation.healthFactor));
      const counts = legs.some(({ side, asset, enabled }) => asset.id === assetId && (side === 'debt' || enabled));
      if (hasDebt && counts) expect(rules.computeHealthFactorAt(position, assetId, 0n)).toBeUndefined();
      const doubled = rules.computeHealthFactorAt(position, assetId, 2n * answer);
      expect(has(evaluation.healthFactor) ? typeof doubled === 'bigint' : doubled === null).toBe(true);
    }
  });
});

/** Each leg supplied, withdrawn, borrowed and repaid: a unit of it, half of it, all of it and more than that. */
function listChanges(position: Position): readonly PositionChange[] {
  return rulesOf(position)
    .listLegs(position)
    .flatMap(({ side, asset, amount }) => {
      const kinds = side === 'collateral' ? (['supply', 'withdraw'] as const) : (['borrow', 'repay'] as const);
      const amounts = [1n, amount / 2n, amount, 10n * amount];
      return kinds.flatMap((kind) => amounts.map((part) => ({ kind, asset: asset.id, amount: part })));
    });
}

describe.each(positions)('what can happen to $venue, $situation', ({ venue, position }) => {
  freezeDeep(position);
  const rules = rulesOf(position);
  const actions = actionsOf(position);
  const evaluation = rules.computeEvaluation(position);
  const accepted = listChanges(position).filter((change) => actions.findObstacle(position, change) === undefined);
  const outcomeOf = (subject: Position) => {
    const outcome = actionsOf(subject).computeOutcome(subject, {});
    if (!outcome.known) throw new Error(outcome.reason.text);
    return outcome.value;
  };
  const outcome = outcomeOf(position);

  test('is pure: the same input gives the same figures, through JSON too', () => {
    const travelled = decodeJson(encodeJson(position)) as Position;
    const { computeOutcome, toBook, applyChange } = actionsOf(travelled);
    expect(computeOutcome(travelled, {})).toEqual(actions.computeOutcome(position, {}));
    expect(toBook(travelled)).toEqual(actions.toBook(position));
    for (const change of accepted) {
      expect(applyChange(travelled, change)).toEqual(actions.applyChange(position, change));
    }
  });

  test('at least one step exactly where liquidatable, unless there is nothing to seize', () => {
    const seizable = actions.listPairs(position).length > 0;
    expect(outcome.steps.length > 0).toBe(toOptional(evaluation.liquidatable) === true && seizable);
    const identity: PriceOverride = (price) => price.answer;
    expect(actions.computeOutcome(position, { override: identity })).toEqual(actions.computeOutcome(position, {}));
  });

  test('each step is of a listed pair; no balance falls below 0; the sums are the steps’', () => {
    const pairs = actions.listPairs(position);
    for (const step of outcome.steps) {
      expect(pairs).toContainEqual(step.pair);
      expect([step.seized.asset.id, step.repaid.asset.id]).toEqual([step.pair.collateral, step.pair.debt]);
      expect(step.fee.amount).toBeLessThanOrEqual(step.seized.amount);
      // Of what the borrower loses the liquidator gets all but the fee.
      expect(step.bonusValue).toBeLessThanOrEqual(step.penaltyValue);
      expect(step.bonusValue === step.penaltyValue).toBe(step.fee.amount === 0n);
      const amounts = [step.repaid, step.seized, step.fee, ...step.collateralLeft, ...step.debtLeft, ...step.badDebt];
      for (const { amount } of amounts) expect(amount).toBeGreaterThanOrEqual(0n);
      expect(step.healthFactorAfter === null).toBe(step.debtLeft.every(({ amount }) => amount === 0n));
    }
    const sum = (figure: 'penaltyValue' | 'badDebtValue') =>
      outcome.steps.reduce((total, step) => total + step[figure], 0n);
    expect([outcome.penaltyValue, outcome.badDebtValue]).toEqual([sum('penaltyValue'), sum('badDebtValue')]);
    expect(outcome.badDebtBearer === undefined).toBe(outcome.steps.every(({ badDebt }) => badDebt.length === 0));
  });

  test('a price that is missing makes the outcome and the book unknown, never harmless', () => {
    const blind = { override: () => undefined };
    if (actions.listPairs(position).length > 0) expect(actions.computeOutcome(position, blind).known).toBe(false);
    expect(actions.toBook(position, blind.override).known).toBe(false);
  });

  test('a change that is accepted leaves a position that its rules can value, healthy if it was', () => {
    expect(accepted.length).toBeGreaterThan(0);
    for (const change of accepted) {
      const after: Position = actions.applyChange(position, change);
      const label = `${change.kind} ${change.amount} ${change.asset}`;
      for (const { amount } of rulesOf(after).listLegs(after)) expect(amount, label).toBeGreaterThan(0n);
      const { liquidatable } = rulesOf(after).computeEvaluation(after);
      expect(liquidatable.known, label).toBe(true);
      if (toOptional(evaluation.liquidatable) === false) expect(toOptional(liquidatable), label).toBe(false);
      expect(after.id, label).toBe(position.id);
    }
  });

  test('as a book: the venue’s model holds it and agrees with its health factor', () => {
    const book = actions.toBook(position);
    if (!book.known) throw new Error(book.reason.text);
    const model = venueModels[venue] as unknown as VenueModel<string, unknown>;
    expect(model.findProblem(book.value.position)).toBeUndefined();
    const { healthFactor } = model.computeEvaluation(book.value.position, book.value.prices);
    const ours = toOptional(evaluation.healthFactor);
    expect(healthFactor === null).toBe(ours === null);
    // A debt of a few units: there the contract's own rounding is more than the ninth digit.
    if (healthFactor === null || ours == null || (toOptional(evaluation.debtValue) ?? 0n) < E8) return;
    const off = absoluteRational(subtractRational(healthFactor, rational(ours, WAD)));
    expect(compareRational(multiplyRational(off, rational(10n ** 9n)), healthFactor)).not.toBe(1);
  });
});
