import { type Address, parseAddress } from '@/lib/domain/asset';
import { InvalidInputError } from '@/lib/domain/errors';
import type { PositionId } from '@/lib/domain/position';
import { type VenueId, venueRules } from '@/lib/venues/registry';

export interface PositionIdParts {
  readonly id: PositionId;
  readonly venue: VenueId;
  readonly chainId: number;
  /** The venue's own key of the market, lower case. */
  readonly market: string;
  readonly owner: Address;
}

const MARKET = /^0x(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const OWNER_PART = 3;
const CHAIN_ID = /^[1-9]\d{0,15}$/;

const isVenue = (text: string): text is VenueId => Object.hasOwn(venueRules, text);

const invalid = (code: string, message: string, text: string): InvalidInputError =>
  new InvalidInputError(code, message, {
    inputs: { text },
    nextStep: 'Open the position from the list, or copy its whole link again.',
  });

/**
 * Reads the position's id out of a link, in any case, percent-encoded or not: `<venue>~<chainId>~<market>~<owner>`.
 *
 * Errors: `InvalidInputError` POSITION_ID when the parts are not there, VENUE when no such venue is known, MARKET when the market is no
 * address and no market id, ADDRESS when the owner is no address, ADDRESS_CHECKSUM when it is a mistyped one.
 */
export function parsePositionId(text: string): PositionIdParts {
  let plain: string;
  try {
    plain = decodeURIComponent(text).trim();
  } catch {
    throw invalid('POSITION_ID', 'The link is damaged: it cannot be decoded.', text);
  }
  const [venue = '', chainId = '', market = '', ...rest] = plain.toLowerCase().split('~');
  // Its case may carry a checksum.
  const owner = (plain.split('~')[OWNER_PART] ?? '').replace(/^0X/, '0x');
  if (rest.length > 1 || !owner || !CHAIN_ID.test(chainId)) {
    throw invalid('POSITION_ID', 'This is not the address of a position.', text);
  }
  if (!isVenue(venue)) throw invalid('VENUE', `No venue is known by the name "${venue}".`, text);
  if (!MARKET.test(market)) throw invalid('MARKET', `"${market}" is not a market of ${venueRules[venue].name}.`, text);
  const address = parseAddress(owner);
  return {
    id: `${venue}~${chainId}~${market}~${address}`,
    venue,
    chainId: Number(chainId),
    market,
    owner: address,
  };
}
