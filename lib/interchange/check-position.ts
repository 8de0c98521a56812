import { type BookLeg, type BookPosition, LEG_PARAMETERS, type LegParameter } from '@/lib/domain/book-position';
import type { VenueModel } from '@/lib/domain/venue-model';
import { ONE } from '@/lib/risk/liquidation/book-values';
import { compareRational, type Rational } from '@/lib/units/rational';
import type { VenueModelId } from '@/lib/venues/models';
import { BookError, findModel, listVenues, type Path } from './book';

/** A leg as its file has it, numbers read, not yet held against its venue. */
export interface RawLeg {
  readonly asset: string;
  readonly amount: Rational;
  readonly enabled: boolean | undefined;
  readonly borrowRate: Rational | undefined;
  readonly parameters: Readonly<Partial<Record<LegParameter, Rational>>>;
}

export interface RawPosition {
  readonly id: string;
  readonly venue: string;
  readonly owner: string | undefined;
  readonly counterparty: string | undefined;
  readonly rating?: string | undefined;
  readonly kyc?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly collateral: readonly RawLeg[];
  readonly debt: readonly RawLeg[];
  readonly terms: unknown;
}

type Side = 'collateral' | 'debt';

/** What a book says beside the figures, only where it does. */
const pickLabels = ({ rating, kyc, tags }: RawPosition): Pick<BookPosition, 'rating' | 'kyc' | 'tags'> => ({
  ...(rating !== undefined && { rating }),
  ...(kyc !== undefined && { kyc }),
  ...(tags !== undefined && { tags }),
});

/** "83" for 83 % would make every position a hundred times as safe as it is. */
function checkFractions({ parameters }: RawLeg, path: Path): void {
  for (const parameter of LEG_PARAMETERS) {
    const value = parameters[parameter];
    if (!value || compareRational(value, ONE) < 0) continue;
    // A gain of all of it or more is a bonus written as a factor: "1.05" for 5 %.
    if (parameter !== 'liquidationBonus' && compareRational(value, ONE) === 0) continue;
    throw new BookError([...path, parameter], 'is a fraction below 1: 83 % is "0.83"');
  }
  const { maxLtv, liquidationThreshold } = parameters;
  if (maxLtv && liquidationThreshold && compareRational(maxLtv, liquidationThreshold) > 0) {
    throw new BookError([...path, 'maxLtv'], 'is above the liquidation threshold');
  }
}

function checkLeg(
  leg: RawLeg,
  side: Side,
  { name, legParameters }: VenueModel<VenueModelId, unknown>,
  path: Path,
): BookLeg {
  const { required, optional } = legParameters[side];
  const missing = required.find((parameter) => leg.parameters[parameter] === undefined);
  if (missing) throw new BookError([...path, missing], `${name} needs it`);
  const unknown = LEG_PARAMETERS.find(
    (parameter) =>
      leg.parameters[parameter] !== undefined && !required.includes(parameter) && !optional.includes(parameter),
  );
  if (unknown) throw new BookError([...path, unknown], `${name} has no such parameter on ${side}`);
  checkFractions(leg, path);
  const { asset, amount, parameters, borrowRate } = leg;
  return { asset, amount, enabled: leg.enabled ?? true, parameters, borrowRate };
}

function checkSide(raw: RawPosition, side: Side, model: VenueModel<VenueModelId, unknown>, path: Path) {
  const seen = new Set<string>();
  return raw[side].map((leg, index) => {
    const place = [...path, side, index];
    if (seen.has(leg.asset)) throw new BookError([...place, 'asset'], `"${leg.asset}" stands twice in ${side}`);
    seen.add(leg.asset);
    return checkLeg(leg, side, model, place);
  });
}

/** "collateral[1].amount" as path parts, as a model names a place within a position. */
const toParts = (path: string): Path =>
  path
    .split(/[.[\]]/)
    .filter(Boolean)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/**
 * Holds a position against its venue's model: the venue's key, its terms by the venue's schema, each leg's parameters, and what the venue
 * cannot hold at all. `path` is where the position stands in its file.
 *
 * Errors: `BookError` at the first fault.
 */
export function checkPosition(raw: RawPosition, path: Path): BookPosition {
  const model = findModel(raw.venue);
  if (!model) throw new BookError([...path, 'venue'], `there is no venue "${raw.venue}"; there are ${listVenues()}`);
  const terms = model.termsSchema.safeParse(raw.terms ?? {});
  if (!terms.success) {
    const [issue] = terms.error.issues;
    const within = (issue?.path ?? []).map((part) => (typeof part === 'number' ? part : String(part)));
    throw new BookError([...path, 'terms', ...within], issue?.message ?? 'not understood');
  }
  const { id, venue, owner, counterparty } = raw;
  const position: BookPosition = {
    id,
    venue,
    owner,
    counterparty,
    ...pickLabels(raw),
    collateral: checkSide(raw, 'collateral', model, path),
    debt: checkSide(raw, 'debt', model, path),
    terms: terms.data,
  };
  const problem = model.findProblem(position);
  if (problem) throw new BookError([...path, ...toParts(problem.path)], problem.message);
  return position;
}
