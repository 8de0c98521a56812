import type { Evaluation } from '@/lib/domain/evaluation';
import { type Known, known, mapKnown } from '@/lib/domain/known';
import type { PriceOverride } from '@/lib/domain/price';
import { type BaseValue, BPS, baseValue, WAD, wad } from '@/lib/units/fixed';
import { mulDivDown, mulDivUp } from '@/lib/units/rounding';
import {
  computeAccountDataFromSums,
  computeCollateralSums,
  computeTotalDebt,
  computeUnit,
  listExposures,
} from './account-data';
import { computeSupplied } from './accrual';
import { computeBorrowLimit } from './borrow-limit';
import { computeExcess } from './liquidatable';
import { computeAnswer } from './price';
import type { AavePosition } from './state';

const WAD_PER_BPS = WAD / BPS;

/** Value of what is supplied but switched off, base currency, rounded down. */
function computeIdleValue(position: AavePosition, override: PriceOverride | undefined): Known<BaseValue> {
  let total = 0n;
  for (const holding of position.holdings) {
    if (holding.usedAsCollateral || holding.scaledSupply === 0n) continue;
    const answer = computeAnswer(holding.reserve, override);
    if (!answer.known) return answer;
    total += mulDivDown(computeSupplied(holding), answer.value, computeUnit(holding.reserve.configuration.decimals));
  }
  return known(baseValue(total));
}

/**
 * An Aave account's figures at the oracle's prices or at overriding ones.
 *
 * Collateral, debt and health factor are the contract's own, to the last unit; `maxLtv` is its average LTV in whole basis points, which is
 * what it lends by. LTV is rounded up, the average threshold and the collateral ratio down, all with 18 decimals. A price that cannot be
 * used makes unknown what depends on it, and nothing else: not that of an asset that is neither collateral nor owed, and none at all for
 * the health of an account without debt.
 */
export function computeEvaluation(position: AavePosition, override?: PriceOverride): Evaluation {
  const exposures = listExposures(position);
  const collateral = computeCollateralSums(exposures, override);
  const debt = computeTotalDebt(exposures, override);
  const noDebt = exposures.every(({ owed }) => owed === 0n);
  const noCollateral = exposures.every(({ collateral: amount }) => amount === 0n);
  const both = <T>(
    compute: (sums: { value: bigint; byThreshold: bigint; byLtv: bigint }, debt: bigint) => T,
  ): Known<T> => (collateral.known ? mapKnown(debt, (owed) => compute(collateral.value, owed)) : collateral);

  return {
    collateralValue: mapKnown(collateral, ({ value }) => baseValue(value)),
    debtValue: mapKnown(debt, baseValue),
    idleValue: computeIdleValue(position, override),
    ltv: noCollateral
      ? known(null)
      : noDebt
        ? known(wad(0n))
        : both(({ value }, owed) => (value === 0n ? null : wad(mulDivUp(owed, WAD, value)))),
    liquidationThreshold: noCollateral
      ? known(null)
      : mapKnown(collateral, ({ value, byThreshold }) =>
          value === 0n ? null : wad(mulDivDown(byThreshold, WAD_PER_BPS, value)),
        ),
    maxLtv: noCollateral
      ? known(null)
      : mapKnown(collateral, ({ value, byLtv }) => (value === 0n ? null : wad((byLtv / value) * WAD_PER_BPS))),
    collateralRatio: noDebt ? known(null) : both(({ value }, owed) => wad(mulDivDown(value, WAD, owed))),
    healthFactor: noDebt ? known(null) : both((sums, owed) => computeAccountDataFromSums(sums, owed).healthFactor),
    availableToBorrow: both((sums, owed) =>
      computeBorrowLimit(position, computeAccountDataFromSums(sums, owed).availableBorrowsBase),
    ),
    liquidatable: noDebt ? known(false) : both(({ byThreshold }, owed) => computeExcess(byThreshold, owed) > 0n),
  };
}
