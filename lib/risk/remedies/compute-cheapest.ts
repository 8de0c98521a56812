import { compareRational, negateRational, type Rational, sumRational } from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { ZERO } from '../liquidation/book-values';
import { judgeRemedy } from './judge-remedy';
import { minimiseCost } from './minimise-cost';
import type { RemedyChange, RemedyMix, RemedyMove, RemedyPart, RemedyRequest } from './remedy';
import { type RemedyAction, sumChanges, toPart } from './remedy-actions';

interface CheapestMix {
  readonly cheapest: RemedyMix;
  readonly refused: RemedyMix | undefined;
}

/** Cost of every action, gain ≥ need, and what each leg and the cash of each asset allow. */
function solve(actions: readonly RemedyAction[], need: Rational): readonly Rational[] | undefined {
  const shared = new Map(actions.flatMap(({ uses }) => uses.map(({ of, available }) => [of, available] as const)));
  const usedOf = (action: RemedyAction, of: string): Rational =>
    action.uses.find((use) => use.of === of)?.amount ?? ZERO;
  return minimiseCost({
    costs: actions.map(({ cost }) => cost),
    rows: [
      {
        factors: actions.map(({ gain }) => negateRational(gain)),
        limit: negateRational(need),
      },
      ...[...shared].map(([of, limit]) => ({ factors: actions.map((action) => usedOf(action, of)), limit })),
    ],
  });
}

function toMix(request: RemedyRequest, parts: readonly RemedyPart[], shortfall: string): RemedyMix {
  const changes: readonly RemedyChange[] = sumChanges(parts.flatMap((part) => part.changes));
  const cost = reduceRational(sumRational(parts.map((part) => part.cost)));
  return { parts, changes, cost, ...judgeRemedy(request, changes, shortfall) };
}

function computeMix(request: RemedyRequest, actions: readonly RemedyAction[], need: Rational): RemedyMix {
  const amounts = solve(actions, need);
  const parts = actions.flatMap((action, index) => {
    const tokens = amounts?.[index] ?? ZERO;
    return tokens.numerator > 0n ? [toPart(action, tokens)] : [];
  });
  return toMix(request, parts, 'All that can be done together does not reach the target.');
}

const makes =
  ({ side, asset, gains }: RemedyMove) =>
  (change: RemedyChange): boolean =>
    change.side === side && change.asset === asset && change.amount.numerator > 0n === gains;

const draws = ({ changes }: RemedyAction): boolean =>
  changes.some(({ side, amount }) => side === 'debt' && amount.numerator > 0n);
const takesOut = ({ changes }: RemedyAction): boolean =>
  changes.some(({ side, amount }) => side === 'collateral' && amount.numerator < 0n);

/** What to do without where the venue refuses a mix, for a book does not know which part of it: new debt, collateral that leaves, both. */
const WITHOUT: readonly ((action: RemedyAction) => boolean)[] = [
  draws,
  takesOut,
  (each) => draws(each) || takesOut(each),
];

/**
 * The cheapest mix of actions, exact: a linear programme with one row for what is needed (base currency, above 0) and one for each leg and
 * each asset's cash. Actions that a move of `request.without` is part of are left out.
 *
 * Where the venue would refuse it (collateral may not leave, a debt would be left too small), it is `refused`, and the cheapest of those
 * without new debt, without collateral leaving and without either stands, if any of them is let through.
 * Example: Sai, where no collateral may leave below 150 %: selling is refused, repaying with cash stands.
 */
export function computeCheapest(request: RemedyRequest, actions: readonly RemedyAction[], need: Rational): CheapestMix {
  const { without = [] } = request;
  const useful = actions.filter(
    ({ gain, problem, changes }) =>
      gain.numerator > 0n && problem === undefined && !without.some((move) => changes.some(makes(move))),
  );
  const mix = computeMix(request, useful, need);
  if (mix.reaches || mix.reason !== 'refused') return { cheapest: mix, refused: undefined };
  const [cheapest] = WITHOUT.map((leavesOut) =>
    computeMix(
      request,
      useful.filter((each) => !leavesOut(each)),
      need,
    ),
  )
    .filter(({ reaches }) => reaches)
    .sort((a, b) => compareRational(a.cost, b.cost));
  return cheapest ? { cheapest, refused: mix } : { cheapest: mix, refused: undefined };
}
