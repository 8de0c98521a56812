import type { Asset, AssetId } from '@/lib/domain/asset';
import { type Known, known, toOptional, unknown } from '@/lib/domain/known';
import type { PriceOverride } from '@/lib/domain/price';
import { computeShockedAnswer, isWhatIfActive, type WhatIf } from '@/lib/scenarios/what-if';
import { rulesOf } from '@/lib/venues/registry';
import { isLiquidatable } from './is-liquidatable';
import type { PositionRow } from './position-row';

/** Oracle answers from `low` to `high`, both included, in the oracle's own decimals. */
export interface AnswerRange {
  readonly low: bigint;
  readonly high: bigint;
}

/** A price of the curve's asset with the health factor the contract would compute at it, all other prices held. */
export interface HealthFactorPoint {
  readonly answer: bigint;
  /** 18 decimals. */
  readonly healthFactor: bigint;
}

export interface HealthFactorCurve {
  readonly asset: Asset;
  /** Decimals of every answer here. */
  readonly decimals: number;
  readonly range: AnswerRange;
  /** By rising price; the exact marks are among them where they lie within the range. */
  readonly points: readonly HealthFactorPoint[];
  /** At the oracle's answer (what-if applied): today's, or the what-if's where `today` is given. */
  readonly current: HealthFactorPoint;
  /** Under a what-if that changes this position: at the oracle's own prices, where it stands today. On the curve only if no other price moves. */
  readonly today: HealthFactorPoint | undefined;
  /** At the market's price of this asset (what-if applied), the others at the oracle's; `undefined` without a live market price. */
  readonly market: HealthFactorPoint | undefined;
  /** Where the position turns by this asset alone, and on which side of it it is liquidatable; `undefined` where there is none. */
  readonly liquidation: (HealthFactorPoint & { readonly direction: 'below' | 'above' }) | undefined;
  /** Liquidatable at `current`: the turning point is then where it would be cured. */
  readonly isLiquidatable: boolean;
}

export interface CurveRequest {
  readonly assetId: AssetId;
  readonly whatIf: WhatIf;
  /** Left out: around the current, today's, the market's and the liquidation price. */
  readonly range?: AnswerRange | undefined;
  readonly samples?: number;
}

const DEFAULT_SAMPLES = 80;

const byValue = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** From 30 % below the lowest mark to 30 % above the highest, never down to 0: an oracle that answers 0 is broken, not cheap. */
function chooseRange(marks: readonly bigint[]): AnswerRange {
  const sorted = [...marks].sort(byValue);
  const lowest = sorted[0] ?? 1n;
  const highest = sorted.at(-1) ?? 1n;
  const low = (lowest * 7n) / 10n;
  return { low: low > 0n ? low : 1n, high: (highest * 13n) / 10n + 1n };
}

function spread({ low, high }: AnswerRange, samples: number): readonly bigint[] {
  const steps = BigInt(Math.max(1, samples - 1));
  return Array.from({ length: Math.max(2, samples) }, (_, index) => low + ((high - low) * BigInt(index)) / steps);
}

/** Where the position stands without the what-if; `undefined` where the what-if changes nothing of it, or today's cannot be known. */
function computeToday(
  { position }: PositionRow,
  answer: bigint | undefined,
  current: HealthFactorPoint,
): HealthFactorPoint | undefined {
  const value = toOptional(rulesOf(position).computeEvaluation(position).healthFactor);
  if (answer === undefined || value === undefined || value === null) return undefined;
  return answer === current.answer && value === current.healthFactor ? undefined : { answer, healthFactor: value };
}

const withDirection = (
  point: HealthFactorPoint | undefined,
  direction: 'below' | 'above',
): HealthFactorCurve['liquidation'] => point && { ...point, direction };

/**
 * The health factor of a position against the price of one asset, all other prices held: the venue's own rule evaluated exactly at about
 * 80 prices of a range, and at the marks (current, today, market, liquidation).
 *
 * Answers are in the oracle's decimals, health factors have 18 and the contract's rounding. With a what-if the other prices stand where it
 * puts them. `null` without debt: no price liquidates. Unknown where the health factor itself is unknown or the asset is none of its own.
 *
 * Example: 10 ETH at 3,000 with a threshold of 83 % against a debt of 20,000 has a health factor of 1.245 today and 1 at about 2,409.64.
 */
export function computeHealthFactorCurve(row: PositionRow, request: CurveRequest): Known<HealthFactorCurve | null> {
  const { assetId, whatIf, samples = DEFAULT_SAMPLES } = request;
  const { healthFactor } = row.evaluation;
  if (!healthFactor.known) return healthFactor;
  const figure = row.prices.find(({ asset }) => asset.id === assetId);
  if (!figure) return unknown('asset-unknown', 'This asset is not part of the position.');
  const { asset, price } = figure;
  if (healthFactor.value === null) return known(null);
  if (figure.answer === undefined) return unknown('price-invalid', `The price of ${asset.symbol} cannot be used.`);

  const { position } = row;
  const rules = rulesOf(position);
  const assets = new Map(row.prices.map((other) => [other.asset.id, other.asset]));
  const shocked =
    (answer: bigint): PriceOverride =>
    (other) => {
      if (other.assetId === assetId) return answer;
      const otherAsset = assets.get(other.assetId);
      if (other.problem !== undefined || other.answer === undefined || !otherAsset) return undefined;
      return computeShockedAnswer(other.answer, otherAsset, whatIf);
    };
  const evaluateAt = isWhatIfActive(whatIf)
    ? (answer: bigint) => toOptional(rules.computeEvaluation(position, shocked(answer)).healthFactor)
    : (answer: bigint) => rules.computeHealthFactorAt(position, assetId, answer);
  const toPoint = (answer: bigint | undefined): HealthFactorPoint | undefined => {
    const value = answer === undefined ? undefined : evaluateAt(answer);
    return answer === undefined || value === undefined || value === null ? undefined : { answer, healthFactor: value };
  };

  const current = { answer: figure.answer, healthFactor: healthFactor.value };
  const today = isWhatIfActive(whatIf) ? computeToday(row, price.answer, current) : undefined;
  const turn = figure.liquidatesAt?.exists ? figure.liquidatesAt : undefined;
  const marketAnswer = toOptional(figure.marketAnswer);
  const marks = [figure.answer, today?.answer, marketAnswer, turn?.answer].filter((mark) => mark !== undefined);
  const range = request.range ?? chooseRange(marks);
  const within = marks.filter((mark) => mark >= range.low && mark <= range.high);
  const answers = [...new Set([...spread(range, samples), ...within])].sort(byValue);
  return known({
    asset,
    decimals: price.decimals,
    range,
    points: answers.map(toPoint).filter((point) => point !== undefined),
    current,
    today,
    market: toPoint(marketAnswer),
    liquidation: turn && withDirection(toPoint(turn.answer), turn.direction),
    isLiquidatable: isLiquidatable(row),
  });
}
