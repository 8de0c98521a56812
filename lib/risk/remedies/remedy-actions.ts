import type { AssetKey, BookLeg } from '@/lib/domain/book-position';
import type { LinearEdge } from '@/lib/domain/venue-model';
import {
  addRational,
  compareRational,
  divideRational,
  maxRational,
  multiplyRational,
  negateRational,
  type Rational,
  subtractRational,
  sumRational,
} from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { ONE, readBookPrice, ZERO } from '../liquidation/book-values';
import { computeEdgeValues, computeTokenWeight } from '../liquidation/linear-edge';
import { listNewLegs } from './list-new-legs';
import type { RemedyChange, RemedyKind, RemedyPart, RemedyRequest } from './remedy';

/** A leg as remedies trade it. */
interface TradedLeg {
  readonly asset: AssetKey;
  /** What there is of it; 0 of a candidate. */
  readonly amount: Rational;
  /** What a token carries, or counts as owed, at the evaluation prices. */
  readonly weight: Rational;
  /** Trade price. */
  readonly price: Rational;
  /** Why the venue cannot take it on; of candidates alone. */
  readonly problem: string | undefined;
}

/** Tokens of a leg that come (above 0) or go. */
interface Move {
  readonly leg: TradedLeg;
  readonly side: RemedyChange['side'];
  readonly amount: Rational;
}

/** Something that can be done, per token of what is given: of the collateral added or sold, of the debt repaid or replaced. */
export interface RemedyAction {
  readonly kind: RemedyKind;
  readonly from: AssetKey | undefined;
  readonly to: AssetKey;
  readonly changes: readonly RemedyChange[];
  readonly cost: Rational;
  /** Base currency: change of carried − ratio · owed at the evaluation prices. */
  readonly gain: Rational;
  /** What it uses up of a leg, or of the cash of an asset, with how much there is of it. */
  readonly uses: readonly { readonly of: string; readonly amount: Rational; readonly available: Rational }[];
  readonly problem: string | undefined;
}

type EdgeRequest = Pick<RemedyRequest, 'model' | 'position' | 'target' | 'evaluationPrices' | 'candidates'>;

type Side = RemedyChange['side'];

/** The edge with every candidate at 0, so that one line holds before and after a change: a venue's line may depend on which legs there are. */
function describeWidestEdge(request: EdgeRequest): LinearEdge {
  const { model, position } = request;
  const widen = (side: Side) => [
    ...position[side],
    ...listNewLegs(request, side).map((leg) => ({ ...leg, amount: ZERO })),
  ];
  return model.describeEdge({ ...position, collateral: widen('collateral'), debt: widen('debt') });
}

/**
 * carried must be at least this many times owed: target / health at the edge, and never less than 1, below which the venue liquidates. In
 * Liquity v1's recovery mode at a total ratio of 140 %, where the edge lies at a health factor of 1.2727…, a target of 1.2 asks for 1.
 */
export const computeNeededRatio = ({ model, position, target }: EdgeRequest): Rational =>
  maxRational(ONE, divideRational(target, model.describeEdge(position).healthAtEdge));

/** Base currency: by how much carried falls short of ratio · owed; 0 or less where the target is reached. */
export function computeNeed(request: EdgeRequest): Rational {
  const { carried, owed } = computeEdgeValues(describeWidestEdge(request), request.evaluationPrices);
  return subtractRational(multiplyRational(computeNeededRatio(request), owed), carried);
}

/** Why the venue cannot take a candidate on. */
function findCandidateProblem({ model, position }: RemedyRequest, side: Side, leg: BookLeg): string | undefined {
  return model.findProblem({ ...position, [side]: [...position[side], { ...leg, amount: ZERO }] })?.message;
}

function listTraded(request: RemedyRequest, side: Side): readonly TradedLeg[] {
  const { evaluationPrices, tradePrices } = request;
  const taken = listNewLegs(request, side);
  return describeWidestEdge(request)
    [side].map((leg): TradedLeg => {
      const candidate = taken.find(({ asset }) => asset === leg.asset);
      return {
        asset: leg.asset,
        amount: leg.amount,
        weight: computeTokenWeight(leg, evaluationPrices),
        price: readBookPrice(tradePrices, leg.asset),
        problem: candidate && findCandidateProblem(request, side, candidate),
      };
    })
    .filter(({ price }) => price.numerator > 0n);
}

/** Why the venue lends none of what a move draws. */
function findDrawProblem({ model, position }: RemedyRequest, { leg, side, amount }: Move): string | undefined {
  const draws = side === 'debt' && amount.numerator > 0n;
  return draws ? model.findBorrowProblem?.(position.terms, leg.asset) : undefined;
}

/** Tokens of `to` for one token of `from`, after the swap's cost; one asset against itself needs no swap. */
function computeRate(from: TradedLeg, to: TradedLeg, swapCost: Rational): Rational {
  if (from.asset === to.asset) return ONE;
  return divideRational(multiplyRational(from.price, subtractRational(ONE, swapCost)), to.price);
}

const computeSwapCost = (from: TradedLeg, to: TradedLeg, swapCost: Rational): Rational =>
  from.asset === to.asset ? ZERO : multiplyRational(from.price, swapCost);

/**
 * Everything that can be done about a position, with what a token of it costs and gains. gain = Σ change·weight of collateral −
 * ratio · Σ change·weight of debt, linear in the amount, since what a token weighs hangs on no amount.
 *
 * Example: selling 1 ETH at 3,000 (83 %) at 0.3 % to repay a dollar debt, target 1: 2,991 repaid, gain 2,991 − 2,490 = 501, cost 9.
 */
export function listRemedyActions(request: RemedyRequest, swapCost: Rational): readonly RemedyAction[] {
  const { cash } = request;
  const ratio = computeNeededRatio(request);
  const [collateral, debt] = [listTraded(request, 'collateral'), listTraded(request, 'debt')];
  const owing = debt.filter(({ amount }) => amount.numerator > 0n);
  const holding = collateral.filter(({ amount }) => amount.numerator > 0n);
  const add = (leg: TradedLeg, amount: Rational) => ({ leg, side: 'collateral', amount }) as const;
  const owe = (leg: TradedLeg, amount: Rational) => ({ leg, side: 'debt', amount }) as const;

  const build = (
    kind: RemedyKind,
    from: AssetKey | undefined,
    to: AssetKey,
    cost: Rational,
    moves: readonly Move[],
  ): RemedyAction => {
    const gains = moves.map(({ leg, side, amount }) => {
      const change = multiplyRational(amount, leg.weight);
      return side === 'collateral' ? change : negateRational(multiplyRational(ratio, change));
    });
    const leaving = moves.filter(({ amount }) => amount.numerator < 0n);
    const uses = leaving.map(({ leg, side, amount }) => {
      return { of: `${side} ${leg.asset}`, amount: negateRational(amount), available: leg.amount };
    });
    const spent =
      from === undefined && cash ? [{ of: `cash ${to}`, amount: ONE, available: cash.get(to) ?? ZERO }] : [];
    return {
      kind,
      from,
      to,
      cost,
      changes: moves.map(({ leg, side, amount }) => ({ side, asset: leg.asset, amount })),
      gain: sumRational(gains),
      uses: [...uses, ...spent],
      problem: moves.map((move) => move.leg.problem ?? findDrawProblem(request, move)).find(Boolean),
    };
  };
  const others = (legs: readonly TradedLeg[], { asset }: TradedLeg) => legs.filter((leg) => leg.asset !== asset);

  return [
    ...collateral.map((leg) => build('add-collateral', undefined, leg.asset, leg.price, [add(leg, ONE)])),
    ...owing.map((leg) => build('repay', undefined, leg.asset, leg.price, [owe(leg, negateRational(ONE))])),
    ...holding.flatMap((sold) =>
      owing.map((repaid) => {
        const moves = [
          add(sold, negateRational(ONE)),
          owe(repaid, negateRational(computeRate(sold, repaid, swapCost))),
        ];
        const cost = computeSwapCost(sold, repaid, swapCost);
        return build('repay-with-collateral', sold.asset, repaid.asset, cost, moves);
      }),
    ),
    ...holding.flatMap((sold) =>
      others(collateral, sold).map((bought) => {
        const moves = [add(sold, negateRational(ONE)), add(bought, computeRate(sold, bought, swapCost))];
        return build('swap-collateral', sold.asset, bought.asset, computeSwapCost(sold, bought, swapCost), moves);
      }),
    ),
    ...owing.flatMap((repaid) =>
      others(debt, repaid).map((drawn) => {
        // So much of the new debt is drawn and sold that one token of the old one can be repaid.
        const amount = divideRational(ONE, computeRate(drawn, repaid, swapCost));
        const cost = multiplyRational(amount, computeSwapCost(drawn, repaid, swapCost));
        return build('swap-debt', repaid.asset, drawn.asset, cost, [
          owe(repaid, negateRational(ONE)),
          owe(drawn, amount),
        ]);
      }),
    ),
  ];
}

/** The most tokens that can be given in an action; undefined: any amount. */
export const computeMost = ({ uses }: RemedyAction): Rational | undefined =>
  uses
    .map(({ amount, available }) => divideRational(available, amount))
    .reduce<Rational | undefined>(
      (least, most) => (least && compareRational(least, most) <= 0 ? least : most),
      undefined,
    );

/** So many tokens of an action, in lowest terms. */
export const toPart = ({ kind, from, to, changes, cost }: RemedyAction, tokens: Rational): RemedyPart => ({
  kind,
  from,
  to,
  changes: changes.map((change) => ({ ...change, amount: reduceRational(multiplyRational(change.amount, tokens)) })),
  cost: reduceRational(multiplyRational(cost, tokens)),
});

/** Changes of one leg added up; those that cancel are left out. */
export function sumChanges(changes: readonly RemedyChange[]): readonly RemedyChange[] {
  const sums = new Map<string, RemedyChange>();
  for (const change of changes) {
    const key = `${change.side} ${change.asset}`;
    const before = sums.get(key);
    sums.set(key, before ? { ...before, amount: addRational(before.amount, change.amount) } : change);
  }
  return [...sums.values()].filter(({ amount }) => amount.numerator !== 0n);
}
