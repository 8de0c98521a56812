import type { LegFigure } from '@/lib/book/position-row';
import type { WhatIf } from '@/lib/scenarios/what-if';

/** Whether a what-if changes a price that these legs depend on. */
export const isAffected = (legs: readonly Pick<LegFigure, 'family'>[], whatIf: WhatIf): boolean =>
  legs.some(({ family }) => (whatIf.byFamily[family.key] ?? 0) !== 0 || (whatIf.allBps !== 0 && !family.stable));
