import type { AssetKey, BookLeg, BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { AssetAmount, BookEvaluation, BookLiquidationPrices, LinearEdge } from '@/lib/domain/venue-model';
import {
  addRational,
  compareRational,
  divideRational,
  maxRational,
  multiplyRational,
  type Rational,
  subtractRational,
  sumRational,
} from '@/lib/units/rational';
import { ONE, readBookPrice, ZERO } from './book-values';
import { computeCrossPrices } from './cross-prices';
import { describeWeightedEdge } from './linear-edge';

export interface MarginLeg extends AssetAmount {
  readonly price: Rational;
  readonly value: Rational;
  /** Share of the value that the account must keep as equity to stay open; 0 of cash. On collateral it is its haircut. */
  readonly maintenance: Rational;
  /** The same, to open. */
  readonly initial: Rational;
}

/** A margin account: what it holds and what it owes. A perpetual is one leg of each: long, the base held and the notional owed. */
export interface MarginAccount {
  readonly collateral: readonly MarginLeg[];
  readonly debt: readonly MarginLeg[];
}

/** Whether a leg says what it must keep to stay open; "0" says so too. */
export const statesMargin = ({ parameters }: BookLeg): boolean => parameters.maintenanceMargin !== undefined;

/**
 * The asset that counts as the account's cash, in full, because its legs state no margin: what of it is owed before what is held. Undefined
 * where all legs state one. Long 2 ETH (2 %) against 5,400 USDC: USDC.
 */
export const findCashAsset = ({ collateral, debt }: BookPosition): AssetKey | undefined =>
  [...debt, ...collateral].find((leg) => !statesMargin(leg))?.asset;

/** What an outcome takes for granted of legs without a margin, a sentence; none where all legs state one. */
export function listCashAssumptions(position: BookPosition): readonly string[] {
  const cash = findCashAsset(position);
  return cash === undefined
    ? []
    : [`${cash} is the cash of the account: where its leg states no margin it counts in full.`];
}

/** A leg without an initial margin opens at its maintenance margin, one without any is cash. */
function readMargins({ parameters }: BookLeg) {
  const maintenance = parameters.maintenanceMargin ?? ZERO;
  return { maintenance, initial: parameters.initialMargin ?? maintenance };
}

function toMarginLeg(leg: BookLeg, prices: PriceBook): MarginLeg {
  const { asset, amount } = leg;
  const price = readBookPrice(prices, asset);
  return { asset, amount, price, value: multiplyRational(amount, price), ...readMargins(leg) };
}

/** The account of a checked position at these prices. */
export const toMarginAccount = ({ collateral, debt }: BookPosition, prices: PriceBook): MarginAccount => ({
  collateral: collateral.map((leg) => toMarginLeg(leg, prices)),
  debt: debt.map((leg) => toMarginLeg(leg, prices)),
});

type Margin = 'maintenance' | 'initial';
type Margins = Pick<MarginLeg, Margin>;
const weighCollateral = (leg: Margins, margin: Margin): Rational => subtractRational(ONE, leg[margin]);
const weighDebt = (leg: Margins, margin: Margin): Rational => addRational(ONE, leg[margin]);

export const sumValues = (legs: readonly MarginLeg[]): Rational => sumRational(legs.map(({ value }) => value));

const sumHeld = ({ collateral }: MarginAccount, margin: Margin): Rational =>
  sumRational(collateral.map((leg) => multiplyRational(leg.value, weighCollateral(leg, margin))));
const sumOwed = ({ debt }: MarginAccount, margin: Margin): Rational =>
  sumRational(debt.map((leg) => multiplyRational(leg.value, weighDebt(leg, margin))));

/**
 * Equity less the margin required, base currency: Σ held·(1 − m) − Σ owed·(1 + m); negative when margin is missing.
 * Example: 2 ETH at 3,100 (maintenance 2 %) against 5,400: equity 800 less 124 is 676.
 */
export const computeFreeMargin = (account: MarginAccount, margin: Margin): Rational =>
  subtractRational(sumHeld(account, margin), sumOwed(account, margin));

/**
 * Σ held·(1 − m) / Σ owed·(1 + m) at maintenance margins; null where nothing is owed. Below 1 exactly where equity is below the maintenance
 * margin, so it is a health factor in the sense of every other venue; it is not the venue's own "margin ratio".
 * Example: as above, 6,076 / 5,400 = 1.1251….
 */
export function computeMarginHealth(account: MarginAccount): Rational | null {
  const owed = sumOwed(account, 'maintenance');
  return owed.numerator === 0n ? null : divideRational(sumHeld(account, 'maintenance'), owed);
}

/** What may still be drawn of the asset owed first (cash where nothing is): free initial margin / (1 + its initial margin); at least 0. */
function computeRoom(account: MarginAccount): Rational {
  const [drawn] = account.debt;
  const free = maxRational(ZERO, computeFreeMargin(account, 'initial'));
  return drawn ? divideRational(free, weighDebt(drawn, 'initial')) : free;
}

/** Liquidatable when equity < maintenance margin, strictly. */
export const isMarginMissing = (account: MarginAccount): boolean =>
  compareRational(computeFreeMargin(account, 'maintenance'), ZERO) < 0;

/** Value, ratios and room of an account. Example: 2 ETH at 3,100 (2 % / 5 %) against 5,400: health 1.1251…, 490 may be drawn. */
export function computeMarginEvaluation(account: MarginAccount): BookEvaluation {
  const [collateralValue, debtValue] = [sumValues(account.collateral), sumValues(account.debt)];
  return {
    collateralValue,
    debtValue,
    healthFactor: computeMarginHealth(account),
    ltv: collateralValue.numerator > 0n ? divideRational(debtValue, collateralValue) : null,
    collateralRatio: debtValue.numerator > 0n ? divideRational(collateralValue, debtValue) : null,
    liquidatable: isMarginMissing(account),
    availableToBorrow: computeRoom(account),
  };
}

/**
 * Liquidation prices, each asset alone and all collateral together: the closed form with weights 1 − m on what is held and 1 + m on what is
 * owed, which is P − side · margin available / size / (1 − l · side) for a perpetual, l one rate at every size.
 * Examples: long 2 at 3,100, equity 800, l = 2 %: 5,400 / 1.96 = 2,755.10; short the same: 7,000 / 2.04 = 3,431.37.
 */
export const computeMarginPrices = ({ collateral, debt }: MarginAccount, prices: PriceBook): BookLiquidationPrices =>
  computeCrossPrices(
    {
      collateral: collateral.map((leg) => ({ ...leg, weight: weighCollateral(leg, 'maintenance') })),
      debt: debt.map((leg) => ({ ...leg, amount: multiplyRational(leg.amount, weighDebt(leg, 'maintenance')) })),
      idle: [],
    },
    prices,
  );

/** Equity against a margin as an edge: what is held carries 1 − m of its value, what is owed counts 1 + m times. */
export const describeMarginEdge = ({ collateral, debt }: BookPosition, margin: Margin): LinearEdge =>
  describeWeightedEdge(
    collateral.map((leg) => ({ ...leg, weight: weighCollateral(readMargins(leg), margin) })),
    debt.map((leg) => ({ ...leg, weight: weighDebt(readMargins(leg), margin) })),
  );
