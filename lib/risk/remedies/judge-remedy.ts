import type { BookPosition } from '@/lib/domain/book-position';
import { compareRational, type Rational } from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { ZERO } from '../liquidation/book-values';
import { computeSlack } from '../liquidation/linear-edge';
import { applyRemedy } from './apply-remedy';
import type { RemedyChange, RemedyRequest, RemedyResult } from './remedy';

const LIQUIDATABLE_ABOVE =
  'It reaches the health factor, but the venue’s mode would liquidate the position there all the same.';

const hasLess = (changes: readonly RemedyChange[], side: RemedyChange['side']): boolean =>
  changes.some((change) => change.side === side && change.amount.numerator < 0n);
const hasMore = (changes: readonly RemedyChange[], side: RemedyChange['side']): boolean =>
  changes.some((change) => change.side === side && change.amount.numerator > 0n);

/** Why no collateral may leave, where it has: the venue looks at the position after the change, at today's prices. */
function findWithdrawalProblem(after: BookPosition, { model, tradePrices }: RemedyRequest): string | undefined {
  const rule = model.describeWithdrawal?.(after) ?? { allowed: true, edge: model.describeEdge(after) };
  if (!rule.allowed) return rule.text;
  if (computeSlack(rule.edge, tradePrices).numerator >= 0n) return undefined;
  return 'The venue lets no collateral leave: what stays would not carry the debt up to its limit.';
}

function findLeastDebtProblem(after: BookPosition, { model }: RemedyRequest): string | undefined {
  const least = model.readLeastDebt?.(after.terms) ?? ZERO;
  const isTooSmall = after.debt.some(({ amount }) => amount.numerator > 0n && compareRational(amount, least) < 0);
  return isTooSmall ? 'It would leave less debt than the venue allows, which is all or none of it.' : undefined;
}

/** Why the venue would refuse to make the changes, as far as a book knows its rules. */
function findRefusal(request: RemedyRequest, changes: readonly RemedyChange[]): string | undefined {
  const { model, position, tradePrices, candidates } = request;
  const after = applyRemedy(position, changes, candidates);
  const draws = hasMore(changes, 'debt');
  return (
    model.findProblem(after)?.message ??
    findLeastDebtProblem(after, request) ??
    (hasLess(changes, 'collateral') ? findWithdrawalProblem(after, request) : undefined) ??
    (draws && model.computeEvaluation(after, tradePrices).availableToBorrow.numerator === 0n
      ? 'The venue would not lend this much on the collateral, at today’s prices.'
      : undefined)
  );
}

const isAtLeast = (health: Rational | null, target: Rational): boolean =>
  health === null || compareRational(health, target) >= 0;

/** Where changes lead, by the venue's own evaluation at the evaluation prices; `shortfall` says why where they do not reach the target. */
export function judgeRemedy(request: RemedyRequest, changes: readonly RemedyChange[], shortfall: string): RemedyResult {
  const { model, position, evaluationPrices, candidates, target } = request;
  const after = applyRemedy(position, changes, candidates);
  const { healthFactor, liquidatable } = model.computeEvaluation(after, evaluationPrices);
  const healthFactorAfter = healthFactor && reduceRational(healthFactor);
  const refusal = changes.length > 0 ? findRefusal(request, changes) : undefined;
  if (refusal !== undefined) return { reaches: false, healthFactorAfter, reason: 'refused', text: refusal };
  if (!isAtLeast(healthFactor, target)) {
    return { reaches: false, healthFactorAfter, reason: 'not-enough', text: shortfall };
  }
  return liquidatable
    ? { reaches: false, healthFactorAfter, reason: 'not-enough', text: LIQUIDATABLE_ABOVE }
    : { reaches: true, healthFactorAfter };
}
