import type { LoggedFiring } from '@/lib/alerts/logged-firing';
import { parsePositionId } from '@/lib/queries/position-id';

/** Where the log shows a firing. */
export const logPathOf = (id: number): string => `/triggers/log#firing-${id}`;

const toPositionPath = (id: string | undefined): string | undefined => {
  if (id === undefined) return undefined;
  try {
    return `/positions/${parsePositionId(id).id}`;
  } catch {
    return undefined;
  }
};

/** The screen of the position whose figure fired, where it is one on the chain; else `undefined`. */
export function positionPathOf({ firing }: LoggedFiring): string | undefined {
  if (firing.block === null) return undefined;
  const ids = [firing.subjectId, ...firing.values.filter(({ met }) => met === 'true').map(({ of }) => of?.id)];
  return ids.map(toPositionPath).find((path) => path !== undefined);
}
