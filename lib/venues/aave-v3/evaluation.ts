import type { Evaluation } from '@/lib/domain/evaluation';
import { type Known, known } from '@/lib/domain/known';
import type { PriceOverride } from '@/lib/domain/price';
import { type BaseValue, BPS, type Bps, baseValue, bps, WAD, type Wad, wad } from '@/lib/units/fixed';
import { mulDivDown, mulDivUp } from '@/lib/units/rounding';
import {
  type CollateralSums,
  computeAvailableBorrows,
  computeAverageLtv,
  computeCollateralSums,
  computeHealthFactor,
  computeTotalDebt,
  computeUnit,
  type Exposure,
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

const owesNothing = ({ owed }: Exposure): boolean => owed === 0n;
const suppliesNothing = ({ collateral }: Exposure): boolean => collateral === 0n;

/** Σ value·threshold / Σ value, rounded down; null where nothing of value counts. */
const computeThreshold = ({ value, byThreshold }: CollateralSums): Wad | null =>
  value === 0n ? null : wad(mulDivDown(byThreshold, WAD_PER_BPS, value));

/** The contract's average LTV; null where nothing of value counts. */
const toMaxLtv = ({ value }: CollateralSums, average: Bps): Wad | null =>
  value === 0n ? null : wad(average * WAD_PER_BPS);

/** What follows from both sums; 18 decimals but for `available`, base currency. */
interface Ratios {
  readonly ltv: Wad | null;
  readonly collateralRatio: Wad | null;
  readonly healthFactor: Wad | null;
  readonly available: BaseValue;
  readonly liquidatable: boolean;
}

function computeRatios(position: AavePosition, sums: CollateralSums, averageLtv: Bps, owed: bigint): Ratios {
  const { value, byThreshold } = sums;
  return {
    ltv: value === 0n ? null : wad(mulDivUp(owed, WAD, value)),
    collateralRatio: owed === 0n ? null : wad(mulDivDown(value, WAD, owed)),
    healthFactor: owed === 0n ? null : computeHealthFactor(byThreshold, owed),
    available: computeBorrowLimit(position, computeAvailableBorrows(value, averageLtv, owed)),
    liquidatable: computeExcess(byThreshold, owed) > 0n,
  };
}

const NONE: Known<null> = known(null);

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
  const noDebt = exposures.every(owesNothing);
  const noCollateral = exposures.every(suppliesNothing);
  const sums = collateral.known ? collateral.value : undefined;
  const averageLtv = sums ? computeAverageLtv(sums) : bps(0n);
  const ratios = sums && debt.known ? computeRatios(position, sums, averageLtv, debt.value) : undefined;
  const missing = collateral.known ? (debt as Known<never>) : collateral;

  return {
    collateralValue: collateral.known ? known(baseValue(collateral.value.value)) : collateral,
    debtValue: debt.known ? known(baseValue(debt.value)) : debt,
    idleValue: computeIdleValue(position, override),
    ltv: noCollateral ? NONE : noDebt ? known(wad(0n)) : ratios ? known(ratios.ltv) : missing,
    liquidationThreshold: noCollateral
      ? NONE
      : collateral.known
        ? known(computeThreshold(collateral.value))
        : collateral,
    maxLtv: noCollateral ? NONE : collateral.known ? known(toMaxLtv(collateral.value, averageLtv)) : collateral,
    collateralRatio: noDebt ? NONE : ratios ? known(ratios.collateralRatio) : missing,
    healthFactor: noDebt ? NONE : ratios ? known(ratios.healthFactor) : missing,
    availableToBorrow: ratios ? known(ratios.available) : missing,
    liquidatable: noDebt ? known(false) : ratios ? known(ratios.liquidatable) : missing,
  };
}
