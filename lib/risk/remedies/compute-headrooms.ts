import type { AssetKey, BookLeg, BookPosition } from '@/lib/domain/book-position';
import type { LinearEdge } from '@/lib/domain/venue-model';
import {
  addRational,
  compareRational,
  divideRational,
  maxRational,
  multiplyRational,
  negateRational,
  type Rational,
} from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { readBookPrice, ZERO } from '../liquidation/book-values';
import { computeSlack, computeTokenWeight } from '../liquidation/linear-edge';
import { listNewLegs } from './list-new-legs';
import type { RemedyRequest } from './remedy';
import { computeNeed, computeNeededRatio } from './remedy-actions';

export type HeadroomRequest = Omit<RemedyRequest, 'swapCost' | 'cash'>;

/** What an amount stops at: all there is, the target at the evaluation prices, or the venue's own limit at the trade prices. */
export type HeadroomLimit = 'all' | 'target' | 'venue';

export interface Headroom {
  readonly asset: AssetKey;
  /** Tokens, exact; 0 where nothing is allowed. */
  readonly amount: Rational;
  readonly limitedBy: HeadroomLimit;
  /** One sentence where the venue's rule is not a matter of amounts. */
  readonly text: string | undefined;
}

export interface Headrooms {
  /** Of each collateral leg, the others kept. */
  readonly withdraw: readonly Headroom[];
  /** Of each debt leg and debt candidate, the others kept. */
  readonly borrow: readonly Headroom[];
}

interface Bound {
  readonly limitedBy: HeadroomLimit;
  /** undefined: any amount. */
  readonly most: Rational | undefined;
}

/** The least of the bounds, at least 0; on a tie the first. */
function findLeast(bounds: readonly Bound[]): { readonly amount: Rational; readonly limitedBy: HeadroomLimit } {
  const finite = bounds.flatMap(({ most, limitedBy }) =>
    most ? [{ amount: reduceRational(maxRational(most, ZERO)), limitedBy }] : [],
  );
  const [first = { amount: ZERO, limitedBy: 'venue' as const }, ...rest] = finite;
  return rest.reduce((least, bound) => (compareRational(bound.amount, least.amount) < 0 ? bound : least), first);
}

/** slack / weight; any amount where it weighs nothing. */
const divideSlack = (slack: Rational, weight: Rational): Rational | undefined =>
  weight.numerator === 0n ? undefined : divideRational(slack, weight);

const weightOf = (
  edge: LinearEdge,
  side: 'collateral' | 'debt',
  asset: AssetKey,
  prices: RemedyRequest['tradePrices'],
) => {
  const leg = edge[side].find((each) => each.asset === asset);
  return leg ? computeTokenWeight(leg, prices) : ZERO;
};

function computeWithdrawable(request: HeadroomRequest, { asset, amount }: BookLeg): Headroom {
  const { model, position, evaluationPrices, tradePrices } = request;
  const edge = model.describeEdge(position);
  const rule = model.describeWithdrawal?.(position) ?? { allowed: true, edge };
  if (!rule.allowed) return { asset, amount: ZERO, limitedBy: 'venue', text: rule.text };
  const spare = negateRational(computeNeed(request));
  const least = findLeast([
    { limitedBy: 'all', most: amount },
    { limitedBy: 'target', most: divideSlack(spare, weightOf(edge, 'collateral', asset, evaluationPrices)) },
    {
      limitedBy: 'venue',
      most: divideSlack(computeSlack(rule.edge, tradePrices), weightOf(rule.edge, 'collateral', asset, tradePrices)),
    },
  ]);
  return { asset, ...least, text: undefined };
}

/** What the venue itself lends of a debt: by its own line for withdrawals where it has one, else by what it says is available. */
function computeLent(request: HeadroomRequest, position: BookPosition, asset: AssetKey): Rational {
  const { model, tradePrices } = request;
  const rule = model.describeWithdrawal?.(position);
  const available = model.computeEvaluation(position, tradePrices).availableToBorrow;
  const weight = rule?.allowed ? weightOf(rule.edge, 'debt', asset, tradePrices) : ZERO;
  if (!rule?.allowed || weight.numerator === 0n) return divideRational(available, readBookPrice(tradePrices, asset));
  return divideRational(computeSlack(rule.edge, tradePrices), weight);
}

function computeBorrowable(request: HeadroomRequest, leg: BookLeg): Headroom {
  const { model, evaluationPrices } = request;
  const { asset } = leg;
  const isHeld = request.position.debt.some((each) => each.asset === asset);
  const debt = isHeld ? request.position.debt : [...request.position.debt, { ...leg, amount: ZERO }];
  const position = { ...request.position, debt };
  const problem = model.findProblem(position)?.message ?? model.findBorrowProblem?.(position.terms, asset);
  if (problem !== undefined) return { asset, amount: ZERO, limitedBy: 'venue', text: problem };
  const weight = weightOf(model.describeEdge(position), 'debt', asset, evaluationPrices);
  const spare = negateRational(computeNeed(request));
  const least = findLeast([
    { limitedBy: 'target', most: divideSlack(spare, multiplyRational(weight, computeNeededRatio(request))) },
    { limitedBy: 'venue', most: computeLent(request, position, asset) },
  ]);
  const owed = debt.find((each) => each.asset === asset)?.amount ?? ZERO;
  const leastDebt = model.readLeastDebt?.(position.terms) ?? ZERO;
  if (compareRational(addRational(owed, least.amount), leastDebt) < 0) {
    return { asset, amount: ZERO, limitedBy: 'venue', text: 'It would be less debt than the venue allows.' };
  }
  return { asset, ...least, text: undefined };
}

/**
 * The most that can be withdrawn of each collateral and borrowed of each debt, one at a time, such that the health factor stays at the
 * target at the evaluation prices and the venue allows it at the trade prices. Exact: what is carried beyond ratio · owed, over what a token
 * weighs.
 *
 * Errors: `InvalidInputError` PRICE_MISSING. Example: 5 ETH at 3,000 (80.5 % / 83 %) against 9,000 of a dollar, target 1.25:
 * (12,450 − 11,250)/2,490 = 0.4819 ETH out, or 1,200/1.25 = 960 more owed.
 */
export const computeHeadrooms = (request: HeadroomRequest): Headrooms => ({
  withdraw: request.position.collateral.map((leg) => computeWithdrawable(request, leg)),
  borrow: [...request.position.debt, ...listNewLegs(request, 'debt')].map((leg) => computeBorrowable(request, leg)),
});
