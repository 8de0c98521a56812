import { type Known, known } from '@/lib/domain/known';
import type { PositionLiquidationStep, PositionOutcome } from '@/lib/domain/outcome';
import type { OutcomeRequest } from '@/lib/domain/venue-actions';
import { baseValue } from '@/lib/units/fixed';
import { computeAccountData, computeTotalDebt, listExposures } from './account-data';
import { AAVE_BAD_DEBT_BEARER } from './book-outcome';
import { isLiquidatable, type LiquidationRun, liquidateAll } from './liquidate-all';
import type { AavePosition } from './state';

const BEST_PAIR =
  'The liquidator repays the most the close factor and the dust rule allow, on the pair that pays it most; on a tie the lowest reserve id of collateral, then of debt.';
const CHOSEN_PAIR =
  'The liquidator repays the most the close factor and the dust rule allow, on the chosen pair for as long as that can be liquidated, then on the pair that pays it most.';
const SAME_BLOCK =
  'All liquidations happen in the block of the reading, at the prices shown; no grace period and no sentinel stands in the way.';
const NO_PAIR =
  'The account stays liquidatable, but the contract refuses every pair: reserves are paused or switched off, or what is left is too small to be liquidated.';
const NOTHING_TO_SEIZE =
  'There is no collateral of value to seize, so no liquidation takes place and all that is owed is bad debt.';

const sum = (steps: readonly PositionLiquidationStep[], name: 'penaltyValue' | 'badDebtValue'): bigint =>
  steps.reduce((total, step) => total + step[name], 0n);

function toOutcome({ steps, account }: LiquidationRun, hasChoice: boolean): PositionOutcome {
  const stays = isLiquidatable(account);
  const isEmpty = stays && account.totalCollateralBase === 0n;
  const badDebtValue = sum(steps, 'badDebtValue') + (isEmpty ? account.totalDebtBase : 0n);
  return {
    steps,
    penaltyValue: baseValue(sum(steps, 'penaltyValue')),
    badDebtValue: baseValue(badDebtValue),
    badDebtBearer: badDebtValue > 0n ? AAVE_BAD_DEBT_BEARER : undefined,
    assumptions: [
      hasChoice ? CHOSEN_PAIR : BEST_PAIR,
      SAME_BLOCK,
      ...(isEmpty ? [NOTHING_TO_SEIZE] : stays ? [NO_PAIR] : []),
    ],
  };
}

const HEALTHY: PositionOutcome = {
  steps: [],
  penaltyValue: baseValue(0n),
  badDebtValue: baseValue(0n),
  badDebtBearer: undefined,
  assumptions: [],
};

/**
 * What liquidations do to an Aave v3.6 account, step by step until it is healthy or nothing is left to seize; each amount is the contract's,
 * to the last unit, if the liquidation is mined in the position's block.
 *
 * Amounts in token units, values in base currency with 8 decimals: penalties and bad debt rounded up. The liquidator takes the most the
 * rules allow, on the request's pair or on the one that pays it most (value received, without the protocol's fee, less value repaid).
 * Nothing liquidatable: no steps. Unknown, with the asset's name, when a price the contract needs is missing or not above 0.
 * Source: `LiquidationLogic` of Aave v3.6.
 *
 * Example: 10 ETH at 2,000 (83 %, bonus 5 %) against 17,000 USDC: health factor 0.976, so 8,500 repaid for 4.4625 ETH, and healthy.
 */
export function computeOutcome(position: AavePosition, request: OutcomeRequest): Known<PositionOutcome> {
  const debt = computeTotalDebt(listExposures(position), request.override);
  if (!debt.known) return debt;
  if (debt.value === 0n) return known(HEALTHY);
  const account = computeAccountData(position, request.override);
  if (!account.known) return account;
  if (!isLiquidatable(account.value)) return known(HEALTHY);
  const run = liquidateAll(position, account.value, request);
  return run.known ? known(toOutcome(run.value, request.pair !== undefined)) : run;
}
