import type { ChainConfig } from '@/lib/domain/chain';
import { InvalidInputError } from '@/lib/domain/errors';
import { type PositionIdParts, parsePositionId } from '@/lib/queries/position-id';
import type { ReadResult } from '@/lib/venues/read-positions';
import { type Position, venueRules } from '@/lib/venues/registry';

/** Why a link leads to no position, for the page to say. */
export interface PositionProblem {
  readonly kind:
    | 'unreadable-link'
    | 'unknown-venue'
    | 'invalid-owner'
    | 'other-chain'
    | 'venue-not-here'
    | 'unknown-market'
    | 'read-failed'
    | 'none-of-owner'
    | 'not-this-one';
  readonly title: string;
  readonly text: string;
  readonly details?: string | undefined;
  readonly parts?: PositionIdParts;
  /** The owner's other positions, offered instead. */
  readonly others: readonly Position[];
}

const LINK_PROBLEMS: Readonly<Record<string, Pick<PositionProblem, 'kind' | 'title'>>> = {
  VENUE: { kind: 'unknown-venue', title: 'This venue is not known here' },
  MARKET: { kind: 'unknown-market', title: 'This market cannot be one of the venue' },
  ADDRESS_CHECKSUM: { kind: 'invalid-owner', title: 'The owner in this link is mistyped' },
  ADDRESS: { kind: 'invalid-owner', title: 'The owner in this link is no address' },
};

export type PositionLink =
  | { readonly ok: true; readonly parts: PositionIdParts }
  | { readonly ok: false; readonly problem: PositionProblem };

/** What can be said of a link without asking the chain: its form, the venue, the chain, the markets of the configuration. */
export function checkPositionLink(idText: string, config: ChainConfig): PositionLink {
  const refuse = (problem: Omit<PositionProblem, 'others'>): PositionLink => ({
    ok: false,
    problem: { ...problem, others: [] },
  });
  let parts: PositionIdParts;
  try {
    parts = parsePositionId(idText);
  } catch (cause) {
    if (!(cause instanceof InvalidInputError)) throw cause;
    const known = LINK_PROBLEMS[cause.code] ?? { kind: 'unreadable-link', title: 'This link leads to no position' };
    return refuse({ ...known, text: `${cause.message} ${cause.detail.nextStep ?? ''}`.trim(), details: idText });
  }
  const { name } = venueRules[parts.venue];
  if (parts.chainId !== config.chainId) {
    return refuse({
      kind: 'other-chain',
      title: 'This position is on another chain',
      text: `The link names chain ${parts.chainId}; Ballast reads ${config.name}, chain ${config.chainId}.`,
      parts,
    });
  }
  const isHere = parts.venue === 'aave-v3' ? config.aave !== undefined : config.morpho !== undefined;
  if (!isHere) {
    return refuse({
      kind: 'venue-not-here',
      title: `${name} is not read on ${config.name}`,
      text: 'The configuration names no contracts of this venue.',
      parts,
    });
  }
  if (parts.venue === 'morpho-blue' && !config.morpho?.marketIds.some((id) => id.toLowerCase() === parts.market)) {
    return refuse({
      kind: 'unknown-market',
      title: 'This market is not read here',
      text: `The configuration names ${config.morpho?.marketIds.length ?? 0} markets of ${name}; the one in the link is not among them.`,
      details: parts.market,
      parts,
    });
  }
  return { ok: true, parts };
}

/** The position in what was read, or why it is not there; `undefined` while its owner has not been read. */
export function findPosition(
  parts: PositionIdParts,
  result: ReadResult | undefined,
): { readonly position: Position } | { readonly problem: PositionProblem } | undefined {
  const found = result?.owners.find(({ owner }) => owner === parts.owner);
  if (!found) return undefined;
  const position = found.positions.find(({ id }) => id.toLowerCase() === parts.id);
  if (position) return { position };
  const others = found.positions;
  const { name } = venueRules[parts.venue];
  const problem = found.problem ?? (result?.problems.length ? result.problems.join('\n') : undefined);
  if (problem !== undefined) {
    return {
      problem: {
        kind: 'read-failed',
        title: 'The position could not be read',
        text: 'The venue’s contracts gave no answer that can be used. Ballast reads again with the next block.',
        details: problem,
        parts,
        others,
      },
    };
  }
  if (others.length === 0) {
    return {
      problem: {
        kind: 'none-of-owner',
        title: 'This address has no positions',
        text: `Nothing is supplied as collateral or borrowed by it on the venues read here. It may have been closed.`,
        parts,
        others,
      },
    };
  }
  return {
    problem: {
      kind: 'not-this-one',
      title: `No position of this address in that market of ${name}`,
      text: `It may have been closed, or the market in the link is not one that is read here. The address has ${others.length === 1 ? 'another position' : `${others.length} other positions`}.`,
      details: parts.market,
      parts,
      others,
    },
  };
}
