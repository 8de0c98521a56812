import { Figure } from '@/components/ui/figure';
import { isLiquidatable } from '@/lib/book/is-liquidatable';
import type { NearestLiquidation, PositionRow } from '@/lib/book/position-row';
import type { Asset } from '@/lib/domain/asset';
import { computeAssetFamily } from '@/lib/domain/asset-family';
import type { UnknownReason } from '@/lib/domain/known';
import { formatExact, UNKNOWN_TEXT } from '@/lib/format/format-fixed';
import { formatChange } from '@/lib/format/format-percent';
import { formatPrice } from '@/lib/format/format-price';
import { WAD } from '@/lib/units/fixed';
import { rational } from '@/lib/units/rational';
import { roundTowardToday } from '@/lib/units/round-toward-today';
import { UnknownFigure } from './known-figure';
import { memoByRow } from './memo-by-row';

const NEEDS = ['nearest', 'evaluation', 'liquidationPrices', 'collateral', 'debt'] as const;
type NearestRow = Pick<PositionRow, (typeof NEEDS)[number]>;

const OWN_REASONS: ReadonlySet<UnknownReason['code']> = new Set(['price-missing', 'price-invalid', 'asset-unknown']);

/** Why there is none, in a word or two; the whole reason on hover. */
function explainNone(row: NearestRow): { readonly word: string; readonly text: string } {
  const { healthFactor } = row.evaluation;
  if (healthFactor.known && healthFactor.value === null)
    return { word: 'no debt', text: 'Without debt nothing liquidates.' };
  const reasons = row.liquidationPrices.known
    ? row.liquidationPrices.value.alone.flatMap((price) => (price.exists ? [] : [price.text]))
    : [];
  return { word: 'none', text: reasons[0] ?? 'No asset alone can liquidate this position.' };
}

/** Another leg moves with this asset as a rule: then "alone" has to be said, for the price of the one says less than it seems. */
function hasRelatives({ collateral, debt }: NearestRow, asset: Asset): boolean {
  const { key } = computeAssetFamily(asset);
  return [...collateral, ...debt].some(
    ({ leg, family }) => family.key === key && leg.asset.id !== asset.id && (leg.side === 'debt' || leg.enabled),
  );
}

/** What the price means, and how far it is when everything falls together. */
function explainAlone(row: NearestRow, { asset, direction }: NearestLiquidation): string {
  const move = direction === 'below' ? 'falls' : 'rises';
  const together = row.liquidationPrices.known ? row.liquidationPrices.value.together : undefined;
  const common = together?.exists
    ? `\nAll collateral together: ${formatChange(rational(-together.drop, WAD), 'up')}`
    : '';
  return `${asset.symbol} alone ${move} to here, every other price held.${common}`;
}

/** The nearest liquidation price with its asset: "ETH $2,846". */
export const NearestFigure = memoByRow(
  NEEDS,
  function NearestFigure({ row, affected }: { readonly row: NearestRow; readonly affected: boolean }) {
    const { nearest } = row;
    if (!nearest.known) {
      // What concerns one position stands in its row; what concerns all of them is said once, above.
      if (!OWN_REASONS.has(nearest.reason.code)) return <UnknownFigure reason={nearest.reason.text} />;
      return (
        <span className="inline-block max-w-24 truncate align-middle text-muted" title={nearest.reason.text}>
          {nearest.reason.text}
        </span>
      );
    }
    if (nearest.value === null) {
      const { word, text } = explainNone(row);
      return (
        <span className="text-muted" title={text}>
          {word}
        </span>
      );
    }
    const { asset, answer, decimals, direction } = nearest.value;
    if (isLiquidatable(row)) {
      return (
        <span
          className={`font-medium text-liquidatable ${affected ? 'whatif' : ''}`}
          title={`${affected ? 'Liquidatable under the what-if.' : 'Liquidatable now.'} ${asset.symbol} ${direction === 'below' ? 'above' : 'below'} ${formatPrice(answer, decimals, roundTowardToday(direction))} would cure it, every other price held.`}
        >
          {affected ? 'past it' : 'now'}
        </span>
      );
    }
    return (
      <>
        <span className="text-muted">{asset.symbol}</span>{' '}
        <Figure
          text={formatPrice(answer, decimals, roundTowardToday(direction))}
          exact={formatExact(answer, decimals)}
          note={explainAlone(row, nearest.value)}
          affected={affected}
        />
        {hasRelatives(row, asset) && <span className="block text-[11px] text-faint leading-[13px]">alone</span>}
      </>
    );
  },
);

/** How far it is to there: "−4.9 %". */
export const DistanceFigure = memoByRow(
  NEEDS,
  function DistanceFigure({ row, affected }: { readonly row: NearestRow; readonly affected: boolean }) {
    const { nearest } = row;
    if (!nearest.known) return <span title={nearest.reason.text}>{UNKNOWN_TEXT}</span>;
    if (nearest.value === null) return <span title={explainNone(row).text}>{UNKNOWN_TEXT}</span>;
    if (isLiquidatable(row)) return <span title="Liquidatable: nothing is left.">{UNKNOWN_TEXT}</span>;
    return (
      <Figure
        text={formatChange(nearest.value.distance, roundTowardToday(nearest.value.direction))}
        affected={affected}
      />
    );
  },
);
