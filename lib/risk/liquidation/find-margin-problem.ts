import type { BookLeg, BookPosition } from '@/lib/domain/book-position';
import { compareRational } from '@/lib/units/rational';
import { ONE } from './book-values';
import { findCashAsset, statesMargin } from './margin-account';

interface Problem {
  readonly path: string;
  readonly message: string;
}

type PlacedLeg = readonly [leg: BookLeg, path: string];

function findLegProblem({ parameters }: BookLeg, path: string): Problem | undefined {
  const { initialMargin, maintenanceMargin } = parameters;
  for (const [name, value] of Object.entries({ initialMargin, maintenanceMargin })) {
    if (value && compareRational(value, ONE) > 0) {
      return { path: `${path}.${name}`, message: 'A margin is a share of the value, so at most 1.' };
    }
  }
  if (initialMargin && initialMargin.numerator > 0n && !maintenanceMargin) {
    return {
      path: `${path}.maintenanceMargin`,
      message: 'Missing: the leg states what it needs to open, not to stay open.',
    };
  }
  if (initialMargin && maintenanceMargin && compareRational(initialMargin, maintenanceMargin) < 0) {
    return { path: `${path}.initialMargin`, message: 'Opening never needs less margin than staying open.' };
  }
  return undefined;
}

/** One asset may be the account's cash and state no margin; a second one left out would count in full unseen. */
function findUnstated(sides: readonly PlacedLeg[], cash: string | undefined): Problem | undefined {
  const [, path] = sides.find(([leg]) => !statesMargin(leg) && leg.asset !== cash) ?? [];
  if (path === undefined) return undefined;
  return {
    path: `${path}.maintenanceMargin`,
    message: `Missing: only the cash of the account, here ${cash}, may leave it out. Give "0" where this counts in full too.`,
  };
}

/**
 * What no margin account can hold: margins above 1, an initial below a maintenance margin or without one; debt with no maintenance margin
 * anywhere, or with more than one asset that states none (`findCashAsset`).
 */
export function findMarginProblem(position: BookPosition): Problem | undefined {
  const { collateral, debt } = position;
  const sides: readonly PlacedLeg[] = [
    ...collateral.map((leg, index) => [leg, `collateral[${index}]`] as const),
    ...debt.map((leg, index) => [leg, `debt[${index}]`] as const),
  ];
  for (const [leg, path] of sides) {
    const problem = findLegProblem(leg, path);
    if (problem) return problem;
  }
  if (debt.length === 0) return undefined;
  if (sides.some(([leg]) => statesMargin(leg))) return findUnstated(sides, findCashAsset(position));
  return {
    path: 'debt[0].maintenanceMargin',
    message: 'No leg states a maintenance margin: give it on the leg that moves.',
  };
}
