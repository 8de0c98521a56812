import type { PositionRow } from '@/lib/book/position-row';
import { formatExact } from '@/lib/format/format-fixed';
import { formatHealthFactor } from '@/lib/format/format-health-factor';
import { KnownFigure } from './known-figure';
import { memoByRow } from './memo-by-row';

const exactly = (value: bigint | null): string | undefined => (value === null ? undefined : formatExact(value, 18));

/** Whether the health factor at market price reads differently from the contract's. */
export function differsAtMarket({ evaluation, atMarket }: Pick<PositionRow, 'evaluation' | 'atMarket'>): boolean {
  const [ours, market] = [evaluation.healthFactor, atMarket.healthFactor];
  if (!ours.known || !market.known) return false;
  return formatHealthFactor(ours.value) !== formatHealthFactor(market.value);
}

/** The contract's health factor and, where it reads differently or an oracle is late or jumped, the one at market price beside it. */
export const HealthFactorFigure = memoByRow(
  ['evaluation', 'atMarket', 'latePrices', 'jumpedPrices'],
  function HealthFactorFigure({
    row,
    affected,
    className,
  }: {
    readonly row: Pick<PositionRow, 'evaluation' | 'atMarket' | 'latePrices' | 'jumpedPrices'>;
    readonly affected: boolean;
    readonly className?: string | undefined;
  }) {
    const { healthFactor } = row.evaluation;
    const doubted =
      row.latePrices.length + row.jumpedPrices.length > 0 && healthFactor.known && healthFactor.value !== null;
    return (
      <>
        <KnownFigure
          figure={healthFactor}
          format={formatHealthFactor}
          exact={exactly}
          note={healthFactor.known && healthFactor.value === null ? 'No debt' : undefined}
          affected={affected}
          className={className}
        />
        {(doubted || differsAtMarket(row)) && (
          <span className="block text-[11px] text-muted leading-[13px]">
            market{' '}
            <KnownFigure
              figure={row.atMarket.healthFactor}
              format={formatHealthFactor}
              exact={exactly}
              affected={affected}
            />
          </span>
        )}
      </>
    );
  },
);
