import type { BookLeg, BookPosition } from '@/lib/domain/book-position';
import { compareRational } from '@/lib/units/rational';
import { ONE } from './book-values';

interface Problem {
  readonly path: string;
  readonly message: string;
}

function findLegProblem({ parameters }: BookLeg, path: string): Problem | undefined {
  const { initialMargin, maintenanceMargin } = parameters;
  for (const [name, value] of Object.entries({ initialMargin, maintenanceMargin })) {
    if (value && compareRational(value, ONE) > 0) {
      return { path: `${path}.${name}`, message: 'A margin is a share of the value, so at most 1.' };
    }
  }
  if (initialMargin && maintenanceMargin && compareRational(initialMargin, maintenanceMargin) < 0) {
    return { path: `${path}.initialMargin`, message: 'Opening never needs less margin than staying open.' };
  }
  return undefined;
}

/** What no margin account can hold: margins above 1, an initial below a maintenance margin, or debt with no maintenance margin anywhere. */
export function findMarginProblem({ collateral, debt }: BookPosition): Problem | undefined {
  const sides = [
    ...collateral.map((leg, index) => [leg, `collateral[${index}]`] as const),
    ...debt.map((leg, index) => [leg, `debt[${index}]`] as const),
  ];
  for (const [leg, path] of sides) {
    const problem = findLegProblem(leg, path);
    if (problem) return problem;
  }
  const isStated = sides.some(([{ parameters }]) => parameters.maintenanceMargin !== undefined);
  if (debt.length === 0 || isStated) return undefined;
  return {
    path: 'debt[0].maintenanceMargin',
    message: 'No leg states a maintenance margin: give it on the leg that moves.',
  };
}
