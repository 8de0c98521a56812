import { computeAssetFamily } from '@/lib/domain/asset-family';
import type { AssetKey, BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { BookRedemption, VenueAxes } from '@/lib/domain/venue-model';
import { compareRational, minRational, type Rational, sumRational } from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { type VenueModelId, venueModels } from '@/lib/venues/models';
import { type ComparedOutcome, computeComparedOutcome } from './compared-outcome';
import { type ComparedPrices, computeComparedPrices } from './compared-prices';
import { type AnyModel, type FormedPositions, formPositions, type LeftLeg } from './form-positions';
import { computeCapacity, listRefusals, type Refusal } from './list-refusals';
import { venueMappings } from './venue-mappings';

export interface CompareRequest {
  readonly position: BookPosition;
  /** Today's prices, at which legs are split and measured. */
  readonly prices: PriceBook;
  /** Prices at which the outcome is asked for. */
  readonly outcomePrices: PriceBook;
  /** The symbol of an asset ("WETH"); of a book's short name, that name. */
  readonly symbolOf: (asset: AssetKey) => string;
  /** Base currency: the most that the position's own venue lets it owe, by a rule of which a book knows nothing; left out: there is none. */
  readonly mostOwed?: Rational | undefined;
  /** Positions of the same book, on whatever venue; their assets are in `prices`. Left out: none is known. */
  readonly others?: readonly BookPosition[];
}

/** How safe the legs would be; of several positions the least safe one counts. */
export interface ComparedRisk {
  /** null where nothing is owed. */
  readonly healthFactor: Rational | null;
  /** Whether any of the positions is. */
  readonly liquidatable: boolean;
  readonly prices: ComparedPrices;
  readonly outcome: ComparedOutcome;
}

export interface VenueComparison {
  readonly venue: VenueModelId;
  readonly name: string;
  readonly axes: VenueAxes;
  /** The position's own venue: its own legs and terms, no default parameters. */
  readonly isCurrent: boolean;
  /** The legs as the venue would hold them; none where it can hold nothing. */
  readonly positions: readonly BookPosition[];
  /** Legs that it cannot hold, with the reason. */
  readonly left: readonly LeftLeg[];
  /** Positions that the venue would not open as they are; none of the position's own venue, where it stands. */
  readonly refusals: readonly Refusal[];
  /** What may be taken of the positions while they are healthy, each once; empty on a venue without redemptions. */
  readonly redemptions: readonly BookRedemption[];
  /** What was assumed, a sentence each, the parameters' source first. */
  readonly notes: readonly string[];
  /** Of what is held, base currency. */
  readonly collateralValue: Rational;
  readonly debtValue: Rational;
  /** The most that could be owed against the collateral held, base currency; 0 where nothing is held. */
  readonly capacity: Rational;
  /** undefined where a debt cannot be held: without it the rest would look safer than the position is; and where nothing can be. */
  readonly risk: ComparedRisk | undefined;
}

const modelOf = (venue: VenueModelId): AnyModel => venueModels[venue] as unknown as AnyModel;

function computeRisk(model: AnyModel, positions: readonly BookPosition[], request: CompareRequest): ComparedRisk {
  const evaluations = positions.map((position) => model.computeEvaluation(position, request.prices));
  const health = evaluations
    .flatMap(({ healthFactor }) => healthFactor ?? [])
    .reduce<Rational | null>((least, each) => (least && compareRational(least, each) <= 0 ? least : each), null);
  const isDollar = (asset: AssetKey): boolean => computeAssetFamily({ symbol: request.symbolOf(asset) }).stable;
  return {
    healthFactor: health && reduceRational(health),
    liquidatable: evaluations.some(({ liquidatable }) => liquidatable),
    prices: computeComparedPrices(model, positions, request.prices, isDollar),
    outcome: computeComparedOutcome(model, positions, request.outcomePrices),
  };
}

const SPLIT =
  'Several positions: each collateral is split over the debts it can back in proportion to them, and each debt over its collaterals in proportion to what they carry at the liquidation threshold here.';

function listRedemptions(model: AnyModel, positions: readonly BookPosition[], request: CompareRequest) {
  const others = (request.others ?? []).filter(({ venue }) => venue === model.id);
  const found = positions.flatMap((each) => model.describeRedemption?.(each, request.prices, others) ?? []);
  return [...new Map(found.map((each) => [each.text, each])).values()];
}

function compareOne(venue: VenueModelId, request: CompareRequest): VenueComparison {
  const { position, prices, symbolOf, mostOwed } = request;
  const model = modelOf(venue);
  const mapping = venueMappings[venue];
  const isCurrent = position.venue === venue;
  const own: FormedPositions = { positions: [position], left: [], notes: [] };
  const formed = isCurrent ? own : formPositions({ position, model, mapping, prices, symbolOf });
  const { positions, left } = formed;
  const evaluations = positions.map((each) => model.computeEvaluation(each, prices));
  const capacity = reduceRational(sumRational(positions.map((each) => computeCapacity(model, each, prices))));
  const holdsAllDebt = left.every(({ side }) => side !== 'debt');
  return {
    venue,
    name: model.name,
    axes: model.axes,
    isCurrent,
    positions,
    left,
    refusals: isCurrent ? [] : listRefusals(model, positions, prices),
    redemptions: listRedemptions(model, positions, request),
    notes: [...(isCurrent ? [] : [mapping.source]), ...formed.notes, ...(positions.length > 1 ? [SPLIT] : [])],
    collateralValue: reduceRational(sumRational(evaluations.map(({ collateralValue }) => collateralValue))),
    debtValue: reduceRational(sumRational(evaluations.map(({ debtValue }) => debtValue))),
    capacity: isCurrent && mostOwed ? minRational(capacity, mostOwed) : capacity,
    risk: positions.length > 0 && holdsAllDebt ? computeRisk(model, positions, request) : undefined,
  };
}

/**
 * The legs of one position on every venue, side by side, the position's own first: how much could be borrowed, how safe they would be, at
 * which prices they would be liquidated and what that would cost. By each venue's default parameters (`venue-mappings.ts`) and
 * the rule for splitting of `formPositions`; exact.
 *
 * Example: 5 ETH at 3,000 and 0.15 BTC at 90,000 against 18,000 USDC: Compound III 23,820 / 18,000, two Morpho markets 24,510 / 18,000 each;
 * Maker and Liquity take the ETH alone.
 */
export function compareVenues(request: CompareRequest): readonly VenueComparison[] {
  const venues = Object.keys(venueModels) as VenueModelId[];
  const compared = venues.map((venue) => compareOne(venue, request));
  return [...compared.filter(({ isCurrent }) => isCurrent), ...compared.filter(({ isCurrent }) => !isCurrent)];
}
