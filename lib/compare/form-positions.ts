import type { AssetKey, BookLeg, BookPosition, LegParameter, PriceBook } from '@/lib/domain/book-position';
import type { VenueModel } from '@/lib/domain/venue-model';
import { computeValue, ZERO } from '@/lib/risk/liquidation/book-values';
import { computeTokenWeight } from '@/lib/risk/liquidation/linear-edge';
import { divideRational, multiplyRational, type Rational, rational, sumRational } from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { decimalTerm } from '@/lib/venues/decimal-term';
import type { LegMapping, VenueMapping } from './venue-mapping';

export type AnyModel = VenueModel<string, unknown>;

/** A leg that a venue cannot hold. */
export interface LeftLeg {
  readonly side: 'collateral' | 'debt';
  readonly asset: AssetKey;
  readonly amount: Rational;
  /** Why, one sentence. */
  readonly text: string;
}

export interface FormedPositions {
  readonly positions: readonly BookPosition[];
  readonly left: readonly LeftLeg[];
  /** What was assumed of the legs, a sentence each. */
  readonly notes: readonly string[];
}

export interface FormRequest {
  readonly position: BookPosition;
  readonly model: AnyModel;
  readonly mapping: VenueMapping;
  readonly prices: PriceBook;
  /** The symbol of an asset; a book's short name is its own. */
  readonly symbolOf: (asset: AssetKey) => string;
}

type Held = Extract<LegMapping, { held: true }>;

/** A leg as the venue takes it. */
interface MappedLeg {
  readonly leg: BookLeg;
  readonly mapping: Held;
}

const WRAPPED: Readonly<Record<string, string>> = { ETH: 'WETH', BTC: 'WBTC' };

const toSymbol = (text: string): string => WRAPPED[text.toUpperCase()] ?? text.toUpperCase();

function describeWrapping(symbol: string): readonly string[] {
  const wrapped = WRAPPED[symbol.toUpperCase()];
  return wrapped ? [`${symbol.toUpperCase()} is taken as ${wrapped}, one for one.`] : [];
}

const parse = (parameters: Held['parameters']): BookLeg['parameters'] =>
  Object.fromEntries(Object.entries(parameters).map(([name, text]) => [name as LegParameter, decimalTerm.parse(text)]));

/** A position of these legs on the venue; undefined amounts of rates: what a debt costs there is not known. */
function toPosition(
  { position, model }: FormRequest,
  collateral: readonly MappedLeg[],
  debt: readonly MappedLeg[],
): BookPosition {
  const terms = Object.assign({}, ...[...collateral, ...debt].map(({ mapping }) => mapping.terms));
  const toLeg = ({ leg, mapping }: MappedLeg): BookLeg => ({
    asset: leg.asset,
    amount: reduceRational(leg.amount),
    enabled: true,
    parameters: parse(mapping.parameters),
    borrowRate: undefined,
  });
  return {
    id: position.id,
    venue: model.id,
    owner: position.owner,
    counterparty: position.counterparty,
    collateral: collateral.map(toLeg),
    debt: debt.map(toLeg),
    terms: model.termsSchema.parse(terms),
  };
}

const leave = (side: LeftLeg['side'], { asset, amount }: BookLeg, text: string): LeftLeg => ({
  side,
  asset,
  amount,
  text,
});

/** A collateral behind a debt, if the venue has such a position at all, and what a token of it carries there. */
type Backing =
  | { readonly possible: true; readonly mapping: Held; readonly weight: Rational }
  | { readonly possible: false; readonly text: string };

function findBacking(request: FormRequest, leg: BookLeg, debt: MappedLeg | undefined): Backing {
  const { mapping, model, symbolOf, prices } = request;
  const found = mapping.mapCollateral(toSymbol(symbolOf(leg.asset)), debt && toSymbol(symbolOf(debt.leg.asset)));
  if (!found.held) return { possible: false, text: found.text };
  const alone = toPosition(request, [{ leg, mapping: found }], debt ? [debt] : []);
  const problem = model.findProblem(alone)?.message;
  if (problem !== undefined) return { possible: false, text: problem };
  const [edgeLeg] = model.describeEdge(alone).collateral;
  return { possible: true, mapping: found, weight: edgeLeg ? computeTokenWeight(edgeLeg, prices) : ZERO };
}

const scale = (leg: BookLeg, share: Rational): BookLeg => ({ ...leg, amount: multiplyRational(leg.amount, share) });

interface Column {
  /** undefined: nothing is owed, or nothing of it can be. */
  readonly debt: MappedLeg | undefined;
  readonly value: Rational;
  readonly backings: readonly Backing[];
}

/** Of each collateral the part that stands behind a debt: in proportion to the debts it can back. */
function computeShare(columns: readonly Column[], column: Column, row: number): Rational {
  if (!column.backings[row]?.possible) return ZERO;
  const backed = columns.filter(({ backings }) => backings[row]?.possible);
  return divideRational(column.value, sumRational(backed.map(({ value }) => value)));
}

interface Backed extends MappedLeg {
  /** What the leg carries at the venue's threshold. */
  readonly carries: Rational;
}

function listBacked(columns: readonly Column[], column: Column, collateral: readonly BookLeg[]): readonly Backed[] {
  return collateral.flatMap((leg, row) => {
    const backing = column.backings[row];
    if (!backing?.possible) return [];
    const part = scale(leg, computeShare(columns, column, row));
    return [{ leg: part, mapping: backing.mapping, carries: multiplyRational(part.amount, backing.weight) }];
  });
}

/** One position for each collateral, the debt split in proportion to what they carry, so that all of them are equally safe. */
function splitByCollateral(request: FormRequest, debt: MappedLeg | undefined, backed: readonly Backed[]) {
  const total = sumRational(backed.map(({ carries }) => carries));
  return backed.map((each) => {
    if (!debt) return toPosition(request, [each], []);
    const share = total.numerator === 0n ? rational(1n, BigInt(backed.length)) : divideRational(each.carries, total);
    return toPosition(request, [each], [{ ...debt, leg: scale(debt.leg, share) }]);
  });
}

function formByDebt(
  request: FormRequest,
  collateral: readonly BookLeg[],
  debts: readonly MappedLeg[],
): FormedPositions {
  const { prices, mapping } = request;
  const columns: readonly Column[] = (debts.length > 0 ? debts : [undefined]).map((debt) => ({
    debt,
    value: debt ? computeValue(debt.leg, prices) : rational(1n),
    backings: collateral.map((leg) => findBacking(request, leg, debt)),
  }));
  const left = collateral.flatMap((leg, row) => {
    const backings = columns.flatMap(({ backings: each }) => each[row] ?? []);
    const [first] = backings;
    return first && !first.possible && backings.every(({ possible }) => !possible)
      ? [leave('collateral', leg, first.text)]
      : [];
  });
  const formed = columns.map((column) => ({ ...column, backed: listBacked(columns, column, collateral) }));
  const unbacked = formed.flatMap(({ debt, backed }) =>
    debt && backed.length === 0 ? [leave('debt', debt.leg, 'No collateral of the position can back it here.')] : [],
  );
  const positions = formed.flatMap(({ debt, backed }) => {
    if (backed.length === 0) return [];
    if (mapping.layout === 'pairs') return splitByCollateral(request, debt, backed);
    return [toPosition(request, backed, debt ? [debt] : [])];
  });
  return { positions, left: [...left, ...unbacked], notes: formed.flatMap(({ backed }) => listNotes(backed)) };
}

function formAccount(
  request: FormRequest,
  collateral: readonly BookLeg[],
  debts: readonly MappedLeg[],
): FormedPositions {
  const { mapping, symbolOf, model } = request;
  const mapped = collateral.map((leg) => ({
    leg,
    found: mapping.mapCollateral(toSymbol(symbolOf(leg.asset)), undefined),
  }));
  const taken = mapped.flatMap(({ leg, found }) => (found.held ? [{ leg, mapping: found }] : []));
  const left = mapped.flatMap(({ leg, found }) => (found.held ? [] : [leave('collateral', leg, found.text)]));
  if (taken.length + debts.length === 0) return { positions: [], left, notes: [] };
  const account = toPosition(request, taken, debts);
  const problem = model.findProblem(account)?.message;
  if (problem === undefined) return { positions: [account], left, notes: listNotes(taken) };
  const all = [
    ...taken.map(({ leg }) => leave('collateral', leg, problem)),
    ...debts.map(({ leg }) => leave('debt', leg, problem)),
  ];
  return { positions: [], left: [...left, ...all], notes: [] };
}

const listNotes = (legs: readonly MappedLeg[]): readonly string[] => legs.flatMap(({ mapping }) => mapping.note ?? []);

/**
 * The legs of a position as another venue would hold them, by its default parameters; exact, nothing of the position is changed.
 *
 * Where a venue holds one debt an account, or one collateral and one debt, several positions are formed: each collateral is split over the
 * debts it can back in proportion to their values, and each debt over its collaterals in proportion to what they carry at the liquidation
 * threshold there, so that the positions of one debt are equally safe. Collateral that is switched off stays out.
 *
 * Example, Morpho Blue: 15,000 of ETH and 13,500 of BTC (both 86 %) against 18,000 USDC: two positions that owe 15/28.5 and 13.5/28.5 of it.
 */
export function formPositions(request: FormRequest): FormedPositions {
  const { position, mapping, symbolOf } = request;
  const isThere = ({ amount }: BookLeg): boolean => amount.numerator > 0n;
  const collateral = position.collateral.filter((leg) => isThere(leg) && leg.enabled);
  const off = position.collateral.filter((leg) => isThere(leg) && !leg.enabled);
  const mapped = position.debt
    .filter(isThere)
    .map((leg) => ({ leg, found: mapping.mapDebt(toSymbol(symbolOf(leg.asset))) }));
  const debts = mapped.flatMap(({ leg, found }) => (found.held ? [{ leg, mapping: found }] : []));
  const formed = (mapping.layout === 'account' ? formAccount : formByDebt)(request, collateral, debts);
  const held = formed.positions.flatMap((each) =>
    [...each.collateral, ...each.debt].map(({ asset }) => symbolOf(asset)),
  );
  return {
    positions: formed.positions.map((each, index) => ({ ...each, id: `${position.id}:${index + 1}` })),
    left: [
      ...off.map((leg) => leave('collateral', leg, 'Switched off as collateral: it stays out.')),
      ...formed.left,
      ...mapped.flatMap(({ leg, found }) => (found.held ? [] : [leave('debt', leg, found.text)])),
    ],
    notes: [...new Set([...held.flatMap(describeWrapping), ...listNotes(debts), ...formed.notes])],
  };
}
