import { policy } from '@/lib/config/policy';
import type { Asset, AssetId } from '@/lib/domain/asset';
import { type Known, known } from '@/lib/domain/known';
import type { PriceOverride } from '@/lib/domain/price';
import { computeHeadrooms, type Headroom } from '@/lib/risk/remedies/compute-headrooms';
import { computeRemedies } from '@/lib/risk/remedies/compute-remedies';
import type { Remedy, RemedyKind, RemedyMix, RemedyRequest } from '@/lib/risk/remedies/remedy';
import { BASE_UNIT, type BaseValue, baseValue, WAD, type Wad } from '@/lib/units/fixed';
import { powerOfTen } from '@/lib/units/power-of-ten';
import { ceilRational, floorRational, type Rational, rational } from '@/lib/units/rational';
import { actionsOf } from '@/lib/venues/actions';
import { modelById } from '@/lib/venues/models';
import type { Position } from '@/lib/venues/registry';
import { findLeastAmount, findMostAmount } from './find-edge-amount';
import type { PositionRow } from './position-row';
import { type ProbePrices, toProbeOverride } from './probe';
import {
  computeHealthAfter,
  findStepObstacle,
  mergeSteps,
  type OpenRemedy,
  openRemedy,
  type RemedyStep,
} from './remedy-steps';

/** One way to reach the target, in the contract's units, and whether the venue would take it. */
export interface RemedyView {
  readonly kind: RemedyKind | 'mix';
  /** What is given away; `undefined` where cash is brought in, and of a mix. */
  readonly from: Asset | undefined;
  /** What is got, or owed instead; `undefined` of a mix. */
  readonly to: Asset | undefined;
  /** In the order in which they are done. */
  readonly steps: readonly RemedyStep[];
  /** Cash brought in, or what the swaps cost; rounded up. */
  readonly cost: BaseValue;
  /** By the contract's own rule, at the prices the target is asked for; null without debt. */
  readonly healthFactorAfter: Wad | null;
  /** Why it cannot be done, one sentence; `undefined` where it can. */
  readonly unavailable: string | undefined;
}

/** The most of one asset that can be taken out or borrowed with the target kept. */
export interface HeadroomView {
  readonly kind: 'withdraw' | 'borrow';
  readonly asset: Asset;
  readonly amount: bigint;
  /** Why there is none although amounts would allow it. */
  readonly unavailable: string | undefined;
}

export interface RemediesView {
  readonly isReached: boolean;
  /** Those that can be done first, the cheapest first. */
  readonly single: readonly RemedyView[];
  readonly cheapest: RemedyView | undefined;
  readonly headrooms: readonly HeadroomView[];
  /** What a swap is taken to cost, basis points of what is sold. */
  readonly swapCostBps: bigint;
}

export interface RemediesRequest {
  /** Health factor to reach, 18 decimals, at least 1. */
  readonly target: Wad;
  /** Prices at which it must hold; trades are made at the oracle's own. */
  readonly probe: ProbePrices;
}

/** What the closed forms are told and what the exact steps behind them need. */
interface Setting {
  readonly position: Position;
  readonly override: PriceOverride;
  readonly target: Wad;
  readonly assetOf: (key: string) => Asset;
  readonly balanceOf: (kind: 'withdraw' | 'repay', asset: AssetId) => bigint;
}

const toBase = (value: Rational): BaseValue => baseValue(ceilRational(value, BASE_UNIT));

/** Sentences of the engine name assets by their key, people by their symbol. */
const nameAssets = (text: string, row: PositionRow): string =>
  row.prices.reduce((named, { asset }) => named.replaceAll(asset.id, asset.symbol), text);

const reaches = ({ position, override, target }: Setting, steps: readonly RemedyStep[]): boolean => {
  const after = computeHealthAfter(position, steps, override);
  return after === null || (after !== undefined && after >= target);
};

/** The least that reaches, in whole units; the closed form's where the contract's rounding leaves it short of all there is. */
function settle(
  setting: Setting,
  open: OpenRemedy,
  others: readonly RemedyStep[] = [],
): readonly RemedyStep[] | undefined {
  const holds = (amount: bigint): boolean => reaches(setting, [...others, ...open.toSteps(amount)]);
  const amount = findLeastAmount({ start: open.start, most: open.most, holds });
  return amount === undefined ? undefined : open.toSteps(amount);
}

const SHORT = 'By the contract’s rounding all there is of it falls just short.';

type Named = Pick<RemedyView, 'kind' | 'from' | 'to'>;

function toView(setting: Setting, named: Named, cost: Rational, steps: readonly RemedyStep[] | undefined): RemedyView {
  const merged = mergeSteps(steps ?? []);
  return {
    ...named,
    steps: merged,
    cost: toBase(cost),
    healthFactorAfter: computeHealthAfter(setting.position, merged, setting.override) ?? null,
    unavailable: steps ? findStepObstacle(setting.position, merged) : SHORT,
  };
}

function toSingle(setting: Setting, row: PositionRow, remedy: Remedy): RemedyView {
  const { kind, from, to, cost } = remedy;
  const named = { kind, from: from === undefined ? undefined : setting.assetOf(from), to: setting.assetOf(to) };
  if (!remedy.reaches) return { ...toView(setting, named, cost, []), unavailable: nameAssets(remedy.text, row) };
  return toView(setting, named, cost, settle(setting, openRemedy(remedy, setting.assetOf, setting.balanceOf)));
}

const MIX: Named = { kind: 'mix', from: undefined, to: undefined };

/** Each part rounded up, then the last ones adjusted until the contract's own figure reaches the target. */
function toMix(setting: Setting, mix: RemedyMix): RemedyView | undefined {
  if (!mix.reaches || mix.parts.length < 2) return undefined;
  const parts = mix.parts.map((part) => openRemedy(part, setting.assetOf, setting.balanceOf));
  const rounded = parts.map((part) => part.toSteps(part.start < part.most ? part.start : part.most));
  for (const [index, part] of parts.entries()) {
    const others = rounded.flatMap((steps, other) => (other === index ? [] : steps));
    const settled = settle(setting, part, others);
    if (settled) return toView(setting, MIX, mix.cost, [...others, ...settled]);
  }
  return toView(setting, MIX, mix.cost, undefined);
}

function toHeadroom(
  setting: Setting,
  kind: HeadroomView['kind'],
  { asset: key, amount, text }: Headroom,
): HeadroomView {
  const asset = setting.assetOf(key);
  const toStep = (units: bigint): RemedyStep => ({ kind, asset, amount: units });
  const obstacleOf = (units: bigint) => findStepObstacle(setting.position, [toStep(units)]);
  const holds = (units: bigint): boolean =>
    units === 0n || (reaches(setting, [toStep(units)]) && obstacleOf(units) === undefined);
  const start = floorRational(amount, powerOfTen(asset.decimals));
  const most = kind === 'withdraw' ? setting.balanceOf('withdraw', asset.id) : start * 2n + 1n;
  const found = findMostAmount({ start, most, holds }) ?? 0n;
  return {
    kind,
    asset,
    amount: found,
    unavailable: found > 0n ? undefined : (text ?? obstacleOf(start > 0n ? start : 1n)),
  };
}

const byAvailability = (a: RemedyView, b: RemedyView): number =>
  Number(a.unavailable !== undefined) - Number(b.unavailable !== undefined) ||
  (a.cost < b.cost ? -1 : a.cost > b.cost ? 1 : 0);

function toSetting(row: PositionRow, { target, probe }: RemediesRequest): Setting {
  const assets = new Map<string, Asset>(row.prices.map(({ asset }) => [asset.id, asset]));
  return {
    position: row.position,
    override: toProbeOverride(row, probe),
    target,
    assetOf: (key) => {
      const asset = assets.get(key);
      if (!asset) throw new RangeError(`A remedy names ${key}, which is none of the position's assets.`);
      return asset;
    },
    balanceOf: (kind, id) => {
      const side = kind === 'withdraw' ? row.collateral : row.debt;
      return side.find(({ leg }) => leg.asset.id === id)?.leg.amount ?? 0n;
    },
  };
}

/**
 * What brings a position to a target health factor, each way alone and the cheapest mix, and the most that can be taken out with the target
 * kept. The closed form (`computeRemedies`, exact fractions) gives each amount; an exact step then finds the least whole number of token
 * units at which the contract's own figure reaches the target, and the venue is asked whether it would take each change.
 *
 * The target holds at the probe's prices (what-if applied), trades are made at the oracle's own. Unknown while the chain or a price cannot be
 * seen. Example: 10 WETH at 3,000 (83 %) against 20,000 USDC, target 1.5: repay 3,400 USDC, or add 2.048193 WETH.
 */
export function computeRemediesView(row: PositionRow, request: RemediesRequest): Known<RemediesView> {
  if (row.blind) return { known: false, reason: row.blind };
  const { position, venue } = row;
  const traded = actionsOf(position).toBook(position);
  if (!traded.known) return traded;
  const setting = toSetting(row, request);
  const evaluated = actionsOf(position).toBook(position, setting.override);
  if (!evaluated.known) return evaluated;
  const exact: RemedyRequest = {
    position: traded.value.position,
    model: modelById(venue),
    target: rational(request.target, WAD),
    evaluationPrices: evaluated.value.prices,
    tradePrices: traded.value.prices,
  };
  const { isReached, single, cheapest } = computeRemedies(exact);
  const { withdraw, borrow } = computeHeadrooms(exact);
  return known({
    isReached,
    single: isReached ? [] : single.map((remedy) => toSingle(setting, row, remedy)).sort(byAvailability),
    cheapest: isReached ? undefined : toMix(setting, cheapest),
    headrooms: [
      ...withdraw.map((headroom) => toHeadroom(setting, 'withdraw', headroom)),
      ...borrow.map((headroom) => toHeadroom(setting, 'borrow', headroom)),
    ],
    swapCostBps: policy.remedies.swapCostBps,
  });
}
