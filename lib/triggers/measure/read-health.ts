import { known } from '@/lib/domain/known';
import type { SubjectFigures } from '../subject';
import type { MeasureContext } from '../trigger-kind';
import { type Reading, toReading } from './measure-worst';

/**
 * A health factor, with the venue's own test beside it: a mode that liquidates earlier (Liquity v1's recovery) makes a position liquidatable at
 * a health factor above 1, and below whatever level was chosen such a position is one to be warned of. Where the test is not known, neither
 * is the reading, so that a figure alone never says that all is well.
 */
export function readHealth({ healthFactor, liquidatable }: SubjectFigures, { side }: MeasureContext): Reading {
  if (side === 'above' || !healthFactor.known || healthFactor.value === null) return toReading(healthFactor);
  if (!liquidatable.known) return liquidatable;
  return known(
    liquidatable.value ? { value: healthFactor.value, isLiquidatable: true } : { value: healthFactor.value },
  );
}
