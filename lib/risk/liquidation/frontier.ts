import type { AssetKey, PriceBook } from '@/lib/domain/book-position';
import { InvalidInputError } from '@/lib/domain/errors';
import type { LinearEdge } from '@/lib/domain/venue-model';
import {
  addRational,
  compareRational,
  divideRational,
  multiplyRational,
  negateRational,
  type Rational,
  subtractRational,
} from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { readBookPrice } from './book-values';
import { computeNetWeight, computeSlack, owesNothing } from './linear-edge';

/** A pair of prices, base currency. */
export interface PricePoint {
  readonly x: Rational;
  readonly y: Rational;
}

/** What is looked at: from < to, from at least 0. */
export interface FrontierFrame {
  readonly x: { readonly from: Rational; readonly to: Rational };
  readonly y: { readonly from: Rational; readonly to: Rational };
}

export type NoFrontierReason = 'no-debt' | 'no-effect' | 'never' | 'everywhere' | 'outside-frame';

/** Where on the line's other side the position is liquidatable: at lower or higher y; of a vertical line at lower or higher x. */
export type FrontierSide = 'below' | 'above' | 'left' | 'right';

interface FrontierBase {
  readonly today: PricePoint & { readonly liquidatable: boolean };
  /** The part of the frame that is liquidatable, its border the frontier: a convex polygon, empty where there is none. */
  readonly liquidatableArea: readonly PricePoint[];
}

export type Frontier = FrontierBase &
  (
    | {
        readonly exists: true;
        /** Exact ends of the frontier in the frame, by x, then y: on the line between them the position is safe. */
        readonly points: readonly [PricePoint, PricePoint];
        readonly liquidatableSide: FrontierSide;
      }
    | { readonly exists: false; readonly reason: NoFrontierReason; readonly text: string }
  );

/** carried − owed = a·x + b·y + c. */
interface Line {
  readonly a: Rational;
  readonly b: Rational;
  readonly c: Rational;
}

const TEXTS: Readonly<Record<NoFrontierReason, string>> = {
  'no-debt': 'Nothing is owed, so no prices liquidate.',
  'no-effect': 'Neither price weighs on the position.',
  never: 'No pair of these two prices liquidates, the others held.',
  everywhere: 'Liquidatable at every pair of these two prices, the others held.',
  'outside-frame': 'The frontier does not pass through the prices shown.',
};

const evaluate = ({ a, b, c }: Line, { x, y }: PricePoint): Rational =>
  addRational(addRational(multiplyRational(a, x), multiplyRational(b, y)), c);

function toLine(edge: LinearEdge, prices: PriceBook, x: AssetKey, y: AssetKey, today: PricePoint): Line {
  const [a, b] = [computeNetWeight(edge, x), computeNetWeight(edge, y)];
  const moving = addRational(multiplyRational(a, today.x), multiplyRational(b, today.y));
  return { a, b, c: subtractRational(computeSlack(edge, prices), moving) };
}

/** Why the line crosses no pair of prices above 0, where it does not. */
function findNowhere({ a, b, c }: Line): NoFrontierReason | undefined {
  if (a.numerator === 0n && b.numerator === 0n) return 'no-effect';
  if (a.numerator >= 0n && b.numerator >= 0n && c.numerator >= 0n) return 'never';
  if (a.numerator <= 0n && b.numerator <= 0n && c.numerator <= 0n) return 'everywhere';
  return undefined;
}

const isWithin = (value: Rational, { from, to }: { from: Rational; to: Rational }): boolean =>
  compareRational(value, from) >= 0 && compareRational(value, to) <= 0;

/** Where the line meets the four sides of the frame, by x, then y. */
function listCrossings({ a, b, c }: Line, frame: FrontierFrame): readonly PricePoint[] {
  const onSides = [frame.x.from, frame.x.to].flatMap((x) => {
    if (b.numerator === 0n) return [];
    const y = reduceRational(negateRational(divideRational(addRational(multiplyRational(a, x), c), b)));
    return isWithin(y, frame.y) ? [{ x, y }] : [];
  });
  const onEnds = [frame.y.from, frame.y.to].flatMap((y) => {
    if (a.numerator === 0n) return [];
    const x = reduceRational(negateRational(divideRational(addRational(multiplyRational(b, y), c), a)));
    return isWithin(x, frame.x) ? [{ x, y }] : [];
  });
  return [...onSides, ...onEnds].sort((p, q) => compareRational(p.x, q.x) || compareRational(p.y, q.y));
}

/** The point on the way from p to q at which the line is crossed; `from` and `to` are the line's values there, of unlike sign. */
function interpolate(p: PricePoint, q: PricePoint, from: Rational, to: Rational): PricePoint {
  const share = divideRational(from, subtractRational(from, to));
  const along = (start: Rational, end: Rational): Rational =>
    reduceRational(addRational(start, multiplyRational(share, subtractRational(end, start))));
  return { x: along(p.x, q.x), y: along(p.y, q.y) };
}

/** The frame's part at which carried < owed, with its border; empty where the line only touches it. */
function clipLiquidatable(line: Line, { x, y }: FrontierFrame): readonly PricePoint[] {
  const corners: readonly PricePoint[] = [
    { x: x.from, y: y.from },
    { x: x.to, y: y.from },
    { x: x.to, y: y.to },
    { x: x.from, y: y.to },
  ];
  if (corners.every((corner) => evaluate(line, corner).numerator >= 0n)) return [];
  return corners.flatMap((corner, index) => {
    const next = corners[(index + 1) % corners.length] ?? corner;
    const [here, there] = [evaluate(line, corner), evaluate(line, next)];
    const kept = here.numerator <= 0n ? [corner] : [];
    const crosses = (here.numerator < 0n && there.numerator > 0n) || (here.numerator > 0n && there.numerator < 0n);
    return crosses ? [...kept, interpolate(corner, next, here, there)] : kept;
  });
}

function findSide({ a, b }: Line): FrontierSide {
  if (b.numerator !== 0n) return b.numerator > 0n ? 'below' : 'above';
  return a.numerator > 0n ? 'left' : 'right';
}

function assertRequest(x: AssetKey, y: AssetKey, frame: FrontierFrame): void {
  if (x === y) throw new InvalidInputError('FRONTIER_ASSETS', 'A frontier needs two assets.', { inputs: { x, y } });
  for (const { from, to } of [frame.x, frame.y]) {
    if (from.numerator >= 0n && compareRational(from, to) < 0) continue;
    throw new InvalidInputError('FRONTIER_FRAME', 'A frame of prices runs from 0 or more to a higher price.');
  }
}

/**
 * The liquidation frontier of two assets, the other prices held: the line on which carried = owed, a·x + b·y + c = 0 with a and b the net
 * weights of the two, cut to the frame. Exact, closed form: a segment, whatever the signs (a net long falls through it, a net short rises
 * through it, a price without weight makes it horizontal or vertical). On it the position is safe, on `liquidatableSide` liquidatable.
 *
 * None, with the reason, where nothing is owed, neither price weighs, no pair of prices liquidates or every one does, or the line passes the
 * frame by. `liquidatableArea` says in each case which part of the frame is liquidatable.
 *
 * Errors: `InvalidInputError` FRONTIER_ASSETS (one asset twice), FRONTIER_FRAME, PRICE_MISSING.
 * Example: 5 ETH (83 %) and 0.15 BTC (78 %) against 18,000: 4.15·x + 0.117·y = 18,000, in a frame up to 4,000 and 200,000 from
 * (0, 153,846.15) to (4,000, 11,965.81), liquidatable below.
 */
export function computeFrontier(
  edge: LinearEdge,
  prices: PriceBook,
  x: AssetKey,
  y: AssetKey,
  frame: FrontierFrame,
): Frontier {
  assertRequest(x, y, frame);
  const point = { x: readBookPrice(prices, x), y: readBookPrice(prices, y) };
  const line = toLine(edge, prices, x, y, point);
  const base = {
    today: { ...point, liquidatable: evaluate(line, point).numerator < 0n },
    liquidatableArea: clipLiquidatable(line, frame),
  };
  const none = (reason: NoFrontierReason): Frontier => ({ ...base, exists: false, reason, text: TEXTS[reason] });
  if (owesNothing(edge)) return none('no-debt');
  const nowhere = findNowhere(line);
  if (nowhere) return none(nowhere);
  const crossings = listCrossings(line, frame);
  const [first, last] = [crossings[0], crossings.at(-1)];
  const isPoint = first && last && compareRational(first.x, last.x) === 0 && compareRational(first.y, last.y) === 0;
  if (!first || !last || isPoint) return none('outside-frame');
  return { ...base, exists: true, points: [first, last], liquidatableSide: findSide(line) };
}
