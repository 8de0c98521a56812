import type { Standing, Standings } from '@/lib/risk/exposure/desk-book';

/** A position that the book has and its standings do not is of another reading: of it nothing is said. */
const NOT_AMONG: Standing = {
  riskClass: 'unknown',
  liquidatable: undefined,
  healthFactor: undefined,
  note: 'It is being read anew.',
};

/** What is said of a position: `undefined` in a book that has no standings at all, unknown where others have one and it has none. */
export const findStanding = (standings: Standings | undefined, id: string): Standing | undefined =>
  standings && (Object.hasOwn(standings, id) ? standings[id] : NOT_AMONG);
