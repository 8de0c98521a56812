import type {
  LiquidationPrice,
  LiquidationPrices,
  NoLiquidationPriceReason,
  UniformDrop,
} from '@/lib/domain/evaluation';
import type { Known } from '@/lib/domain/known';
import type { PriceOverride } from '@/lib/domain/price';
import { computeClosedFormFactor, computeClosedFormPrice } from '@/lib/risk/liquidation/closed-form';
import { explainNoDrop, explainNoPrice } from '@/lib/risk/liquidation/explain-none';
import { BPS, WAD, wad } from '@/lib/units/fixed';
import { type Rational, rational } from '@/lib/units/rational';
import { computeCollateralValue, computeDebtValue, type Exposure, listExposures } from './account-data';
import { type AssetView, computeEdgePrice, computeExcessAt } from './edge-price';
import { computeExcess } from './liquidatable';
import { computeAnswer } from './price';
import type { AavePosition } from './state';
import { computeFallenAnswer, computeHighestLiquidatableFactor, type FallingAsset } from './uniform-edge';

/** Largest answer a feed can give: its type is int256. */
const MAX_ANSWER = 2n ** 255n - 1n;
const MAX_UINT = 2n ** 256n - 1n;

const none = (reason: NoLiquidationPriceReason, text: string) => ({ exists: false as const, reason, text });

/** An exposure at a usable price, with its part of the account's sums. */
interface Priced extends Exposure {
  readonly answer: bigint;
  readonly byThreshold: bigint;
  readonly debt: bigint;
}

interface PricedAccount {
  readonly priced: readonly Priced[];
  readonly byThreshold: bigint;
  readonly debt: bigint;
  readonly liquidatable: boolean;
}

function toPriced(exposure: Exposure, answer: bigint): Priced {
  const { collateral, owed, liquidationThreshold, unit } = exposure;
  return {
    ...exposure,
    answer,
    byThreshold: computeCollateralValue(collateral, answer, unit) * liquidationThreshold,
    debt: computeDebtValue(owed, answer, unit),
  };
}

const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);

function toAccount(priced: readonly Priced[]): PricedAccount {
  const byThreshold = sum(priced.map((asset) => asset.byThreshold));
  const debt = sum(priced.map((asset) => asset.debt));
  return { priced, byThreshold, debt, liquidatable: computeExcess(byThreshold, debt) > 0n };
}

const symbolOf = ({ holding }: Exposure): string => holding.reserve.asset.symbol;

/** The contract can compute the account at this price: no product leaves 256 bits. Beyond, it reverts instead of liquidating. */
function isComputable(view: AssetView, price: bigint): boolean {
  if (price > MAX_ANSWER || view.collateral * price > MAX_UINT || view.owed * price > MAX_UINT) return false;
  const byThreshold =
    view.otherByThreshold + view.threshold * computeCollateralValue(view.collateral, price, view.unit);
  const debt = view.otherDebt + computeDebtValue(view.owed, price, view.unit);
  return byThreshold * WAD + debt / 2n <= MAX_UINT;
}

type Edge =
  | {
      readonly exists: true;
      readonly answer: bigint;
      readonly direction: 'below' | 'above';
      readonly distance: Rational;
    }
  | { readonly exists: false; readonly reason: NoLiquidationPriceReason };

function computeEdge(account: PricedAccount, asset: Priced): Edge {
  const view: AssetView = {
    collateral: asset.collateral,
    owed: asset.owed,
    threshold: asset.liquidationThreshold,
    unit: asset.unit,
    otherByThreshold: account.byThreshold - asset.byThreshold,
    otherDebt: account.debt - asset.debt,
  };
  const closed = computeClosedFormPrice({
    collateralPerPrice: rational(view.threshold * view.collateral, view.unit),
    debtPerPrice: rational(BPS * view.owed, view.unit),
    owedByOthers: rational(BPS * view.otherDebt - view.otherByThreshold),
  });
  // On both sides the roundings may liquidate at answers of a few units although the weights never do: the exact step says.
  const mayRound = !account.liquidatable && view.collateral > 0n && view.owed > 0n;
  if (!closed.exists && !(mayRound && closed.reason === 'never-below-zero')) {
    const stuck = account.liquidatable && closed.reason === 'never-below-zero';
    return { exists: false, reason: stuck ? 'already-liquidatable' : closed.reason };
  }
  const direction = closed.exists ? closed.direction : 'below';
  // Safe now: look on from the next price. Liquidatable now: the edge of the safe prices, which lies beyond today's.
  const next = direction === 'below' ? asset.answer - 1n : asset.answer + 1n;
  const answer = computeEdgePrice(view, direction, account.liquidatable ? undefined : next);
  if (direction === 'below' && answer === undefined) return { exists: false, reason: 'never-below-zero' };
  if (answer === undefined || !isComputable(view, answer)) {
    return { exists: false, reason: account.liquidatable ? 'already-liquidatable' : 'out-of-range' };
  }
  // A rise that liquidates from the smallest answer on leaves no safe one.
  if (direction === 'above' && answer === 1n && computeExcessAt(view, 1n) > 0n) {
    return { exists: false, reason: 'already-liquidatable' };
  }
  return { exists: true, answer, direction, distance: rational(answer - asset.answer, asset.answer) };
}

function computeTogether(account: PricedAccount): UniformDrop {
  const explain = (reason: NoLiquidationPriceReason): UniformDrop => none(reason, explainNoDrop(reason));
  const falling = account.priced.filter(({ holding, collateral }) => holding.usedAsCollateral && collateral > 0n);
  const fixedDebt = account.debt - sum(falling.map(({ debt }) => debt));
  // One denominator for all quantities times prices, so that the closed form adds integers.
  const unit = falling.reduce((most, asset) => (asset.unit > most ? asset.unit : most), 1n);
  const closed = computeClosedFormFactor({
    weightedCollateral: rational(
      sum(falling.map((a) => a.liquidationThreshold * a.collateral * a.answer * (unit / a.unit))),
      unit,
    ),
    sharedDebt: rational(sum(falling.map((a) => BPS * a.owed * a.answer * (unit / a.unit))), unit),
    fixedDebt: rational(BPS * fixedDebt),
  });
  if (!closed.exists) {
    const stuck = account.liquidatable && closed.reason === 'never-below-zero';
    return explain(stuck ? 'already-liquidatable' : closed.reason);
  }
  const assets = falling.map(
    ({ answer, collateral, owed, liquidationThreshold, unit: own }): FallingAsset => ({
      answer,
      collateral,
      owed,
      threshold: liquidationThreshold,
      unit: own,
    }),
  );
  const factor = computeHighestLiquidatableFactor(assets, fixedDebt, account.liquidatable ? undefined : WAD - 1n);
  if (factor === undefined) return explain('never-below-zero');
  const risen = assets.some(({ answer }) => computeFallenAnswer(answer, factor) > MAX_ANSWER);
  return risen ? explain('already-liquidatable') : { exists: true, drop: wad(WAD - factor) };
}

const isPriced = (answer: Known<bigint>): answer is Extract<Known<bigint>, { known: true }> => answer.known;

/**
 * Liquidation prices of an Aave account, exact to the unit under the contract's roundings: of each asset it holds or owes alone, and of all
 * collateral together. By holding id; what is supplied but switched off has none unless it is owed too.
 *
 * Each is the liquidatable answer nearest today's price on its side; when the account is already liquidatable, it is the one next to the
 * safe prices, so the distance has the other sign and the drop is below 0. As soon as one price that counts is unknown there is none,
 * reason `price-unknown`.
 *
 * Formula: `lib/risk/liquidation/closed-form.ts`; rounding: `edge-price.ts`, `uniform-edge.ts`.
 * Example: 10 WETH at 83 % against 20,000 USDC at 1: 20,000 / 8.3 = 2409.63855421… so 2409.63855421.
 */
export function computeLiquidationPrices(position: AavePosition, override?: PriceOverride): LiquidationPrices {
  const exposures = listExposures(position);
  const answers = exposures.map(({ holding }) => computeAnswer(holding.reserve, override));
  const missing = exposures.find((_, index) => answers[index]?.known === false);
  const owes = exposures.some(({ owed }) => owed > 0n);
  const everywhere =
    (reason: NoLiquidationPriceReason, symbol: string) =>
    (text = explainNoPrice(reason, symbol)) => ({
      alone: position.holdings.map(({ reserve }) => ({ assetId: reserve.asset.id, ...none(reason, text) })),
      together: none(reason, text),
    });
  if (!owes) return everywhere('no-debt', '')();
  if (missing) return everywhere('price-unknown', symbolOf(missing))();

  const account = toAccount(
    answers.filter(isPriced).flatMap(({ value }, index) => {
      const exposure = exposures[index];
      return exposure ? [toPriced(exposure, value)] : [];
    }),
  );
  const alone = position.holdings.map((holding): LiquidationPrice => {
    const { asset, price } = holding.reserve;
    const subject = { assetId: asset.id };
    const priced = account.priced.find((candidate) => candidate.holding === holding);
    const edge: Edge = priced ? computeEdge(account, priced) : { exists: false, reason: 'no-effect' };
    return edge.exists
      ? { ...subject, ...edge, decimals: price.decimals }
      : { ...subject, ...none(edge.reason, explainNoPrice(edge.reason, asset.symbol)) };
  });
  return { alone, together: computeTogether(account) };
}
