import type { AssetId } from '@/lib/domain/asset';
import { type Known, known, unknown } from '@/lib/domain/known';
import { computeFrontier, type Frontier, type FrontierFrame } from '@/lib/risk/liquidation/frontier';
import { computeFrontierFrame } from '@/lib/risk/liquidation/frontier-frame';
import { powerOfTen } from '@/lib/units/power-of-ten';
import {
  addRational,
  ceilRational,
  divideRational,
  floorRational,
  multiplyRational,
  type Rational,
  rational,
  subtractRational,
} from '@/lib/units/rational';
import type { AnswerRange } from './health-factor-curve';
import type { PositionRow, PriceFigure } from './position-row';
import type { ProbePrices } from './probe';
import { computeRowEdge } from './row-edge';

/** A pair of oracle answers, each in its own oracle's decimals. */
export interface AnswerPoint {
  readonly x: bigint;
  readonly y: bigint;
}

export interface FrontierView {
  readonly x: PriceFigure;
  readonly y: PriceFigure;
  readonly frame: { readonly x: AnswerRange; readonly y: AnswerRange };
  /** Exact, in whole-token prices. */
  readonly frontier: Frontier;
  /** Along the frontier by rising x, in answers, each at most a unit off it on the safe side; empty where there is none in the frame. */
  readonly points: readonly AnswerPoint[];
}

export interface FrontierRequest {
  readonly x: AssetId;
  readonly y: AssetId;
  /** Prices of the other assets, and marks that the frame has to hold. */
  readonly probe: ProbePrices;
}

type ExistingFrontier = Extract<Frontier, { exists: true }>;

const SAMPLES = 40;

/** Assets whose price weighs: what is enabled as collateral or owed. */
export function listFrontierFigures(row: PositionRow): readonly PriceFigure[] {
  const weighing = new Set(
    [...row.collateral, ...row.debt].flatMap(({ leg }) => (leg.side === 'debt' || leg.enabled ? [leg.asset.id] : [])),
  );
  return row.prices.filter(({ asset }) => weighing.has(asset.id));
}

/** A frame's axis in answers; a probe beyond its end stretches it, one within leaves it where it is while a point is moved in it. */
function toRange({ from, to }: FrontierFrame['x'], figure: PriceFigure, probe: ProbePrices): AnswerRange {
  const unit = powerOfTen(figure.price.decimals);
  const high = ceilRational(to, unit);
  const probed = probe.get(figure.asset.id) ?? 0n;
  return { low: floorRational(from, unit), high: probed > high ? (probed * 5n) / 4n : high };
}

const toPrice = (answer: bigint, { price }: PriceFigure): Rational => rational(answer, powerOfTen(price.decimals));

const toSpan = ({ low, high }: AnswerRange, figure: PriceFigure) => ({
  from: toPrice(low, figure),
  to: toPrice(high, figure),
});

const interpolate = (from: Rational, to: Rational, share: Rational): Rational =>
  addRational(from, multiplyRational(subtractRational(to, from), share));

/**
 * A point of the frontier a share of the way from its first end to its last, in answers. The price at which it turns is rounded toward the safe
 * side; of a line that is not upright that is y, at exactly the x that is shown, which is rounded such that y is no less than at the sample.
 */
function toAnswers(
  { points: [from, to], liquidatableSide: side }: ExistingFrontier,
  share: Rational,
  units: AnswerPoint,
) {
  const sampled = interpolate(from.x, to.x, share);
  if (side === 'left' || side === 'right') {
    const round = side === 'left' ? ceilRational : floorRational;
    return { x: round(sampled, units.x), y: floorRational(interpolate(from.y, to.y, share), units.y) };
  }
  const slope = divideRational(subtractRational(to.y, from.y), subtractRational(to.x, from.x));
  const x = (slope.numerator > 0n ? ceilRational : floorRational)(sampled, units.x);
  const run = subtractRational(rational(x, units.x), from.x);
  const turn = addRational(from.y, multiplyRational(slope, run));
  return { x, y: (side === 'below' ? ceilRational : floorRational)(turn, units.y) };
}

function listPoints(frontier: Frontier, x: PriceFigure, y: PriceFigure): readonly AnswerPoint[] {
  if (!frontier.exists) return [];
  const units = { x: powerOfTen(x.price.decimals), y: powerOfTen(y.price.decimals) };
  const steps = BigInt(SAMPLES);
  return Array.from({ length: SAMPLES + 1 }, (_, step) => toAnswers(frontier, rational(BigInt(step), steps), units));
}

/**
 * The liquidation frontier of two assets of a position: on which pairs of their oracle answers it turns, the other prices held. The line is
 * exact (`computeFrontier`), its points rounded to answers toward the safe side. The contract's own rounding can move it by units of the last place.
 *
 * The frame holds today's point, the probe's and both liquidation prices unless these are far (`computeFrontierFrame`). Unknown where a price is, where the chain
 * cannot be seen, or where one of the two is none of the position's assets.
 */
export function computeFrontierView(row: PositionRow, request: FrontierRequest): Known<FrontierView> {
  const [x, y] = [request.x, request.y].map((id) => row.prices.find(({ asset }) => asset.id === id));
  if (!x || !y) return unknown('asset-unknown', 'This asset is not part of the position.');
  // The two themselves stand at the row's prices: the frontier says where they would have to go.
  const others = new Map([...request.probe].filter(([id]) => id !== x.asset.id && id !== y.asset.id));
  const edge = computeRowEdge(row, others);
  if (!edge.known) return edge;
  const { prices, edge: line } = edge.value;
  const worth = computeFrontierFrame(line, prices, x.asset.id, y.asset.id);
  const frame = { x: toRange(worth.x, x, request.probe), y: toRange(worth.y, y, request.probe) };
  const spans = { x: toSpan(frame.x, x), y: toSpan(frame.y, y) };
  const frontier = computeFrontier(line, prices, x.asset.id, y.asset.id, spans);
  return known({ x, y, frame, frontier, points: listPoints(frontier, x, y) });
}
