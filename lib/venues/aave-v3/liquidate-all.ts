import { type Known, known } from '@/lib/domain/known';
import type { LiquidationPair, PositionLiquidationStep, TokenQuantity } from '@/lib/domain/outcome';
import type { PriceOverride } from '@/lib/domain/price';
import type { OutcomeRequest } from '@/lib/domain/venue-actions';
import { baseValue, WAD } from '@/lib/units/fixed';
import { ceilRational, compareRational, type Rational, rational, subtractRational } from '@/lib/units/rational';
import { type AccountData, computeAccountData, computeDebtValue, computeUnit } from './account-data';
import { computeOwed, computeSupplied } from './accrual';
import { type Liquidated, liquidate, type WrittenOff } from './liquidate';
import { computePairTerms, type Exchange, listHoldingPairs, type PairTerms } from './liquidation-pair';
import { computeMostRepaid } from './most-repaid';
import { computeAnswer } from './price';
import type { AaveHolding, AavePosition } from './state';

/** A pair with the most that can be repaid on it. */
interface Candidate {
  readonly pair: PairTerms;
  readonly exchange: Exchange;
}

const toValue = (amount: bigint, answer: bigint, unit: bigint): Rational => rational(amount * answer, unit);

/** What a liquidation takes less what it repays, by value, exact. */
const computeMargin = ({ pair, exchange }: Candidate, taken: bigint): Rational =>
  subtractRational(
    toValue(taken, pair.collateralAnswer, pair.collateralUnit),
    toValue(exchange.repaid, pair.debtAnswer, pair.debtUnit),
  );

const isPair = ({ pair }: Candidate, chosen: LiquidationPair): boolean =>
  pair.collateral.reserve.asset.id === chosen.collateral && pair.debt.reserve.asset.id === chosen.debt;

/** The chosen pair where it can be liquidated, else the one that pays the liquidator most; on a tie the first by reserve ids. */
function pickPair(candidates: readonly Candidate[], chosen: LiquidationPair | undefined): Candidate | undefined {
  const wanted = chosen && candidates.find((candidate) => isPair(candidate, chosen));
  if (wanted) return wanted;
  const gain = (candidate: Candidate) => computeMargin(candidate, candidate.exchange.received);
  return candidates.reduce<Candidate | undefined>(
    (best, candidate) => (best && compareRational(gain(candidate), gain(best)) <= 0 ? best : candidate),
    undefined,
  );
}

function listCandidates(position: AavePosition, account: AccountData, override?: PriceOverride): readonly Candidate[] {
  return listHoldingPairs(position).flatMap((holdings) => {
    const pair = computePairTerms(position, holdings, override);
    // Never unknown here: the account's figures stand on the same prices.
    const exchange = pair.known ? computeMostRepaid(pair.value, account) : undefined;
    return pair.known && exchange ? [{ pair: pair.value, exchange }] : [];
  });
}

const toQuantity = ({ reserve }: AaveHolding, amount: bigint): TokenQuantity => ({ asset: reserve.asset, amount });

/** Value of what is written off, base currency, each debt rounded up. */
function computeWrittenOffValue(writtenOff: readonly WrittenOff[], override: PriceOverride | undefined): bigint {
  return writtenOff.reduce((sum, { holding, amount }) => {
    const answer = computeAnswer(holding.reserve, override);
    return answer.known
      ? sum + computeDebtValue(amount, answer.value, computeUnit(holding.reserve.configuration.decimals))
      : sum;
  }, 0n);
}

interface Taken {
  readonly start: AavePosition;
  readonly candidate: Candidate;
  readonly liquidated: Liquidated;
  readonly after: AccountData;
  readonly override: PriceOverride | undefined;
}

function toStep({ start, candidate, liquidated, after, override }: Taken): PositionLiquidationStep {
  const { pair, exchange } = candidate;
  const { position, fee, writtenOff } = liquidated;
  const seized = exchange.received + fee;
  const left = (counts: (holding: AaveHolding) => boolean, measure: (holding: AaveHolding) => bigint) =>
    position.holdings
      .filter((_, place) => start.holdings[place] && counts(start.holdings[place]))
      .map((holding) => toQuantity(holding, measure(holding)));
  return {
    pair: { collateral: pair.collateral.reserve.asset.id, debt: pair.debt.reserve.asset.id },
    repaid: toQuantity(pair.debt, exchange.repaid),
    seized: toQuantity(pair.collateral, seized),
    fee: toQuantity(pair.collateral, fee),
    penaltyValue: baseValue(ceilRational(computeMargin(candidate, seized))),
    bonusValue: baseValue(ceilRational(computeMargin(candidate, exchange.received))),
    collateralLeft: left(({ usedAsCollateral }) => usedAsCollateral, computeSupplied),
    debtLeft: left(({ scaledDebt }) => scaledDebt > 0n, computeOwed),
    healthFactorAfter: after.totalDebtBase === 0n ? null : after.healthFactor,
    badDebt: writtenOff.map(({ holding, amount }) => toQuantity(holding, amount)),
    badDebtValue: baseValue(computeWrittenOffValue(writtenOff, override)),
  };
}

/** The contract's own test. */
export const isLiquidatable = ({ healthFactor }: AccountData): boolean => healthFactor < WAD;

/** Liquidations one after the other, with the account as it stands after the last. */
export interface LiquidationRun {
  readonly steps: readonly PositionLiquidationStep[];
  readonly position: AavePosition;
  readonly account: AccountData;
}

/**
 * Liquidations until the account is healthy or no pair is left. It ends: a step clears a debt or a collateral, halves the account's debt, or
 * leaves a side of about 1,000, which the next step on it clears.
 */
export function liquidateAll(
  start: AavePosition,
  first: AccountData,
  { override, pair: chosen }: OutcomeRequest,
): Known<LiquidationRun> {
  const steps: PositionLiquidationStep[] = [];
  let [position, account] = [start, first];
  while (isLiquidatable(account)) {
    const candidate = pickPair(listCandidates(position, account, override), chosen);
    if (!candidate) break;
    const liquidated = liquidate(position, candidate.pair, candidate.exchange, account);
    const after = computeAccountData(liquidated.position, override);
    if (!after.known) return after;
    steps.push(toStep({ start, candidate, liquidated, after: after.value, override }));
    [position, account] = [liquidated.position, after.value];
  }
  return known({ steps, position, account });
}
