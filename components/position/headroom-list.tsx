import { Figure } from '@/components/ui/figure';
import type { HeadroomView } from '@/lib/book/remedies-view';
import { formatAmount } from '@/lib/format/format-amount';
import { formatExact } from '@/lib/format/format-fixed';

/** The most that can be taken out or borrowed with the target kept, one at a time; "none" with its reason. */
export function HeadroomList({
  headrooms,
  target,
  affected,
}: {
  readonly headrooms: readonly HeadroomView[];
  readonly target: string;
  readonly affected: boolean;
}) {
  if (headrooms.length === 0) return null;
  return (
    <div className="mt-3 border-line border-t pt-2 text-[13px]">
      <p className="text-muted">Still possible with a health factor of at least {target}, one at a time:</p>
      <ul className="mt-1">
        {headrooms.map(({ kind, asset, amount, unavailable }) => (
          <li key={`${kind} ${asset.id}`} className="flex items-baseline justify-between gap-3 py-0.5">
            <span>{kind === 'withdraw' ? `Withdraw ${asset.symbol}` : `Borrow ${asset.symbol}`}</span>
            <span className="text-right">
              {amount > 0n ? (
                <Figure
                  text={formatAmount(amount, asset.decimals)}
                  unit={asset.symbol}
                  exact={formatExact(amount, asset.decimals)}
                  affected={affected}
                  className="font-medium"
                />
              ) : (
                <span className="text-muted">
                  none {unavailable && <span className="text-faint text-xs">{unavailable}</span>}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
