import type { BookPosition } from '@/lib/domain/book-position';

/** The first collateral that is switched off, as a problem: most venues have no such switch. `undefined` when all is on. */
export function findSwitchedOff(
  position: BookPosition,
  venueName: string,
): { readonly path: string; readonly message: string } | undefined {
  const index = position.collateral.findIndex(({ enabled }) => !enabled);
  if (index < 0) return undefined;
  return {
    path: `collateral[${index}].enabled`,
    message: `${venueName} has no switch for collateral: it always counts.`,
  };
}
