import type { BookLeg } from '@/lib/domain/book-position';
import type { RemedyChange, RemedyRequest } from './remedy';

/** Candidates of a side that the position has no leg of. ETH and BTC offered to a position that holds ETH: BTC. */
export const listNewLegs = (
  { position, candidates }: Pick<RemedyRequest, 'position' | 'candidates'>,
  side: RemedyChange['side'],
): readonly BookLeg[] =>
  (candidates?.[side] ?? []).filter(({ asset }) => !position[side].some((leg) => leg.asset === asset));
