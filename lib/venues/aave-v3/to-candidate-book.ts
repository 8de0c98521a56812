import { type Known, known } from '@/lib/domain/known';
import type { PriceOverride } from '@/lib/domain/price';
import type { CandidateBook } from '@/lib/domain/venue-actions';
import { isEnabledByItself } from './apply-change';
import { computeAnswer } from './price';
import type { AaveHolding, AavePosition, AaveReserve } from './state';
import { isInBitmap } from './terms';
import { toBook, toCollateralLeg, toDebtLeg } from './to-book';

const canBeBorrowed = ({ id, configuration }: AaveReserve, { eMode }: AavePosition): boolean =>
  eMode ? isInBitmap(eMode.borrowableBitmap, id) : configuration.borrowingEnabled;

/** The account with an empty holding of every active reserve of its pool whose price is known as read and as asked for. */
function widen(position: AavePosition, override: PriceOverride | undefined): AavePosition {
  const held = new Set(position.holdings.map(({ reserve }) => reserve.id));
  const others = (position.market ?? []).filter(
    (reserve) =>
      !held.has(reserve.id) &&
      reserve.configuration.active &&
      computeAnswer(reserve).known &&
      computeAnswer(reserve, override).known,
  );
  const empty = others.map(
    (reserve): AaveHolding => ({ reserve, scaledSupply: 0n, scaledDebt: 0n, usedAsCollateral: false }),
  );
  return { ...position, holdings: [...position.holdings, ...empty] };
}

/**
 * `toBook` with what the account could take on: collateral that a first supply would switch on by itself (not isolated, lending something,
 * not beside an isolated one), and what may be borrowed in the account's mode. Terms and prices cover those assets too.
 *
 * Example: 10 WETH against USDC in a pool that lists WBTC and an isolated XAUt: WBTC is a candidate collateral, XAUt is not.
 */
export function toCandidateBook(position: AavePosition, override?: PriceOverride): Known<CandidateBook> {
  const wide = widen(position, override);
  const book = toBook(wide, override);
  if (!book.known) return book;
  const collateral = wide.holdings.filter(
    ({ reserve, scaledSupply }) => scaledSupply === 0n && isEnabledByItself(position, reserve),
  );
  const debt = wide.holdings.filter(({ reserve, scaledDebt }) => scaledDebt === 0n && canBeBorrowed(reserve, position));
  return known({
    ...book.value,
    candidates: {
      collateral: collateral.map((holding) => toCollateralLeg({ ...holding, usedAsCollateral: true })),
      debt: debt.map(toDebtLeg),
    },
    assets: [...new Set([...collateral, ...debt].map(({ reserve }) => reserve.asset))],
  });
}
