import { policy } from '@/lib/config/policy';
import type { Asset } from '@/lib/domain/asset';
import { type Known, known } from '@/lib/domain/known';
import { computeHeadrooms, type Headroom } from '@/lib/risk/remedies/compute-headrooms';
import { computeRemedies } from '@/lib/risk/remedies/compute-remedies';
import type { Remedy, RemedyRequest } from '@/lib/risk/remedies/remedy';
import { BPS, WAD, type Wad } from '@/lib/units/fixed';
import { powerOfTen } from '@/lib/units/power-of-ten';
import { floorRational, rational } from '@/lib/units/rational';
import { actionsOf } from '@/lib/venues/actions';
import { modelById } from '@/lib/venues/models';
import { keepUnmoved, toCandidateOverride } from './candidate-prices';
import { findMostAmount } from './find-edge-amount';
import type { PositionRow } from './position-row';
import type { ProbePrices } from './probe';
import { computeRemedyMixes, type RemedyMixes } from './remedy-mixes';
import { createRemedySetting, type RemedySetting, reachesTarget, settleRemedy } from './remedy-setting';
import { findStepObstacle, openRemedy, type RemedyStep } from './remedy-steps';
import { type RemedyView, toRemedyView } from './remedy-view';

/** The most of one asset that can be taken out or borrowed with the target kept. */
export interface HeadroomView {
  readonly kind: 'withdraw' | 'borrow';
  readonly asset: Asset;
  readonly amount: bigint;
  /** The position has none of it yet. */
  readonly isNew: boolean;
  /** Why there is none; `undefined` where there is some, or nothing to take out. */
  readonly unavailable: string | undefined;
}

export interface RemediesView {
  readonly isReached: boolean;
  /** Those that can be done first, the cheapest first. */
  readonly single: readonly RemedyView[];
  /** The cheapest mix that the venue takes; `undefined` where a single remedy is as cheap, or no mix is left. */
  readonly cheapest: RemedyView | undefined;
  /** A cheaper mix, which the venue would refuse, with its reason. */
  readonly refused: RemedyView | undefined;
  readonly headrooms: readonly HeadroomView[];
  /** There are assets that the position could take on. */
  readonly hasCandidates: boolean;
  /** What a swap is taken to cost, basis points of what is sold. */
  readonly swapCostBps: bigint;
  /** The target is so close to 1 that the interest of a second may have the venue refuse the last of several steps. */
  readonly isTight: boolean;
}

export interface RemediesRequest {
  /** Health factor to reach, 18 decimals, at least 1. */
  readonly target: Wad;
  /** Prices at which it must hold; trades are made at the oracle's own. */
  readonly probe: ProbePrices;
  /** Everything with assets that the position does not have is worked out; else the cheapest such remedy alone, and loans where nothing is owed. */
  readonly withNew: boolean;
}

const BELOW_TARGET = 'The health factor would fall below the target.';

function toSingle(setting: RemedySetting, remedy: Remedy): RemedyView {
  const { kind, from, to } = remedy;
  const named = { kind, from: from === undefined ? undefined : setting.assetOf(from), to: setting.assetOf(to) };
  if (!remedy.reaches) {
    return { ...toRemedyView(setting, named, [remedy], []), unavailable: setting.nameAssets(remedy.text) };
  }
  const steps = settleRemedy(setting, openRemedy(remedy, setting.assetOf, setting.balanceOf));
  return toRemedyView(setting, named, [remedy], steps);
}

function toHeadroom(
  setting: RemedySetting,
  kind: HeadroomView['kind'],
  { asset: key, amount, limitedBy, text }: Headroom,
): HeadroomView {
  const asset = setting.assetOf(key);
  const toStep = (units: bigint): RemedyStep => ({ kind, asset, amount: units });
  const obstacleOf = (units: bigint) => findStepObstacle(setting.position, [toStep(units)])?.text;
  const holds = (units: bigint): boolean =>
    units === 0n || (reachesTarget(setting, [toStep(units)]) && obstacleOf(units) === undefined);
  const start = floorRational(amount, powerOfTen(asset.decimals));
  const most = kind === 'withdraw' ? setting.balanceOf('withdraw', asset.id) : start * 2n + 1n;
  const found = findMostAmount({ start, most, holds }) ?? 0n;
  const short = limitedBy === 'target' ? BELOW_TARGET : undefined;
  return {
    kind,
    asset,
    amount: found,
    isNew: setting.balanceOf(kind === 'borrow' ? 'repay' : 'withdraw', asset.id) === 0n,
    unavailable: found > 0n ? undefined : (text ?? obstacleOf(start > 0n ? start : 1n) ?? short),
  };
}

const NO_MIXES: RemedyMixes = { cheapest: undefined, refused: undefined };

/** That an asset which nobody holds would not help is no news. */
function isNews({ candidates }: RemedyRequest, remedy: Remedy): boolean {
  if (remedy.reaches || remedy.reason !== 'no-help') return true;
  const side = remedy.kind === 'swap-debt' ? candidates?.debt : candidates?.collateral;
  return !side?.some(({ asset }) => asset === remedy.to);
}

/** With assets that the position does not have. */
function isNewTo({ position }: RemedyRequest, { changes }: Remedy): boolean {
  return changes.some(
    ({ side, asset, amount }) => amount.numerator > 0n && !position[side].some((leg) => leg.asset === asset),
  );
}

const byAvailability = (a: RemedyView, b: RemedyView): number =>
  Number(a.unavailable !== undefined) - Number(b.unavailable !== undefined) ||
  (a.cost < b.cost ? -1 : a.cost > b.cost ? 1 : 0);

/** In whole units, those that can be done first; of those with new assets, the first that can be done is enough unless all are asked for. */
function listSingles(
  setting: RemedySetting,
  request: RemedyRequest,
  remedies: readonly Remedy[],
  withNew: boolean,
): readonly RemedyView[] {
  const news = remedies.filter((remedy) => isNews(request, remedy));
  const views = news.filter((remedy) => withNew || !isNewTo(request, remedy)).map((each) => toSingle(setting, each));
  for (const remedy of withNew ? [] : news.filter((each) => each.reaches && isNewTo(request, each))) {
    const view = toSingle(setting, remedy);
    if (view.unavailable !== undefined) continue;
    views.push(view);
    break;
  }
  return views.sort(byAvailability);
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
  const { toCandidateBook } = actionsOf(position);
  const traded = toCandidateBook(position);
  if (!traded.known) return traded;
  const { assets } = traded.value;
  const override = toCandidateOverride(row, request.probe, assets);
  const setting = createRemedySetting(row, override, request.target, assets);
  const evaluated = toCandidateBook(position, override);
  if (!evaluated.known) return evaluated;
  const exact: RemedyRequest = {
    position: traded.value.position,
    model: modelById(venue),
    target: rational(request.target, WAD),
    evaluationPrices: evaluated.value.prices,
    tradePrices: traded.value.prices,
    candidates: keepUnmoved(evaluated.value, row, request.probe),
  };
  const found = computeRemedies(exact);
  const { isReached } = found;
  const mixes = isReached ? NO_MIXES : computeRemedyMixes(setting, exact, found);
  const { withdraw, borrow } = computeHeadrooms(exact);
  const owed = exact.position.debt;
  return known({
    isReached,
    single: listSingles(setting, exact, found.single, request.withNew),
    ...mixes,
    headrooms: [
      ...withdraw.map((headroom) => toHeadroom(setting, 'withdraw', headroom)),
      ...borrow
        .filter(({ asset }) => request.withNew || owed.length === 0 || owed.some((leg) => leg.asset === asset))
        .map((headroom) => toHeadroom(setting, 'borrow', headroom)),
    ],
    hasCandidates: traded.value.assets.length > 0,
    swapCostBps: policy.remedies.swapCostBps,
    isTight: request.target * BPS < WAD * policy.remedies.calmTargetBps,
  });
}
