import type { BookPosition } from '@/lib/domain/book-position';

interface Problem {
  readonly path: string;
  readonly message: string;
}

/** The second leg of a side, as a problem, for venues that hold one a side. `undefined` when there is none. */
export function findTooMany(position: BookPosition, side: 'collateral' | 'debt', message: string): Problem | undefined {
  return position[side].length > 1 ? { path: `${side}[1]`, message } : undefined;
}
