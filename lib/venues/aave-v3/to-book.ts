import type { AssetKey, BookLeg, PriceBook } from '@/lib/domain/book-position';
import { type Known, known } from '@/lib/domain/known';
import type { PriceOverride } from '@/lib/domain/price';
import type { BookSnapshot } from '@/lib/domain/venue-actions';
import { computeTotalValue } from '@/lib/risk/liquidation/book-values';
import { BPS, RAY } from '@/lib/units/fixed';
import { addRational, type Rational, rational } from '@/lib/units/rational';
import { computeUnit } from './account-data';
import { computeOwed, computeSupplied } from './accrual';
import type { AaveV3Terms, BookEMode } from './book-terms';
import { findIsolatedCollateral } from './borrow-limit';
import { computeAnswer } from './price';
import type { AaveHolding, AavePosition, AaveReserve, EModeCategory } from './state';
import { isInBitmap } from './terms';

const fromBps = (value: bigint): Rational => rational(value, BPS);

/** 10500, which is 5 % beyond the repaid debt, as 0.05; 0 stands for "no collateral at all" and stays 0. */
const toGain = (bonus: bigint): Rational => fromBps(bonus === 0n ? 0n : bonus - BPS);

const toTokens = (amount: bigint, { configuration }: AaveReserve): Rational =>
  rational(amount, computeUnit(configuration.decimals));

/** What is supplied of a reserve as a book's leg: whole tokens, the reserve's own parameters. */
export function toCollateralLeg(holding: AaveHolding): BookLeg {
  const { ltv, liquidationThreshold, liquidationBonus } = holding.reserve.configuration;
  return {
    asset: holding.reserve.asset.id,
    amount: toTokens(computeSupplied(holding), holding.reserve),
    enabled: holding.usedAsCollateral,
    parameters: {
      liquidationThreshold: fromBps(liquidationThreshold),
      maxLtv: fromBps(ltv),
      liquidationBonus: toGain(liquidationBonus),
    },
    borrowRate: undefined,
  };
}

/** What is owed of a reserve as a book's leg: whole tokens, the yearly rate. */
export const toDebtLeg = (holding: AaveHolding): BookLeg => ({
  asset: holding.reserve.asset.id,
  amount: toTokens(computeOwed(holding), holding.reserve),
  enabled: true,
  parameters: {},
  borrowRate: rational(holding.reserve.variableBorrowRate, RAY),
});

function toBookEMode(eMode: EModeCategory, holdings: readonly AaveHolding[]): BookEMode {
  const listIn = (bitmap: bigint): readonly AssetKey[] =>
    holdings.filter(({ reserve }) => isInBitmap(bitmap, reserve.id)).map(({ reserve }) => reserve.asset.id);
  return {
    ltv: fromBps(eMode.ltv),
    liquidationThreshold: fromBps(eMode.liquidationThreshold),
    liquidationBonus: toGain(eMode.liquidationBonus),
    assets: listIn(eMode.collateralBitmap),
    borrowable: listIn(eMode.borrowableBitmap),
    ltvZero: listIn(eMode.collateralBitmap & eMode.ltvzeroBitmap),
  };
}

function toTerms({ holdings, eMode }: AavePosition): AaveV3Terms {
  const fees = holdings
    .filter(({ usedAsCollateral }) => usedAsCollateral)
    .map(({ reserve }) => reserve.configuration.liquidationProtocolFee);
  return {
    version: '3.6',
    ...(eMode ? { eMode: toBookEMode(eMode, holdings) } : {}),
    liquidationProtocolFee: fromBps(fees.reduce<bigint>((most, fee) => (fee > most ? fee : most), 0n)),
  };
}

/** A debt ceiling has 2 decimals. */
const CEILING_UNIT = 100n;

/** What is owed and what the isolated collateral's ceiling leaves; undefined outside isolation. */
function computeMostOwed(position: AavePosition, debt: readonly BookLeg[], prices: PriceBook): Rational | undefined {
  const isolated = findIsolatedCollateral(position);
  if (!isolated) return undefined;
  const left = isolated.configuration.debtCeiling - isolated.isolationModeTotalDebt;
  return addRational(computeTotalValue(debt, prices), rational(left > 0n ? left : 0n, CEILING_UNIT));
}

/**
 * The account as a book holds it: whole tokens as exact fractions, interest accrued to the position's block, supplies rounded down and debts
 * up to the token's smallest unit as the contract reports them; prices in the base currency, at the oracle's answers or at overriding ones.
 *
 * Legs carry the reserves' own parameters and the efficiency mode stands in the terms, cut to the account's assets, since the model applies
 * it by itself. A book knows one protocol fee per account: the largest of the enabled collaterals' is taken, so that the liquidator's gain
 * is never overstated. Caps and borrowability are not part of a book, nor is a debt ceiling: it stands beside, as `mostOwed`. Unknown, with the asset's name, when a listed asset has
 * no usable price: a book without one is refused.
 *
 * Example: 10.5 WETH at 3,000 and 15,000 USDC owed: amounts 21/2 and 15,000, parameters 83 %, 80.5 %, 5 %.
 */
export function toBook(position: AavePosition, override?: PriceOverride): Known<BookSnapshot<AaveV3Terms>> {
  const { id, venue, owner, holdings } = position;
  const prices = new Map<AssetKey, Rational>();
  for (const { reserve } of holdings) {
    const answer = computeAnswer(reserve, override);
    if (!answer.known) return answer;
    prices.set(reserve.asset.id, rational(answer.value, computeUnit(reserve.price.decimals)));
  }
  const debt = holdings.filter(({ scaledDebt }) => scaledDebt > 0n).map(toDebtLeg);
  const mostOwed = computeMostOwed(position, debt, prices);
  return known({
    ...(mostOwed && { mostOwed }),
    position: {
      id,
      venue,
      owner,
      counterparty: undefined,
      collateral: holdings.filter(({ scaledSupply }) => scaledSupply > 0n).map(toCollateralLeg),
      debt,
      terms: toTerms(position),
    },
    prices,
  });
}
