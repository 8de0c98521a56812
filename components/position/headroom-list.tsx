import { Figure } from '@/components/ui/figure';
import type { HeadroomView } from '@/lib/book/remedies-view';
import { formatAmount } from '@/lib/format/format-amount';
import { formatExact } from '@/lib/format/format-fixed';

function HeadroomLine({
  headroom: { kind, asset, amount, unavailable },
  affected,
}: {
  readonly headroom: HeadroomView;
  readonly affected: boolean;
}) {
  return (
    <li className="flex items-baseline justify-between gap-3 py-0.5">
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
  );
}

/** The most that can be taken out or borrowed with the target kept, one at a time; "none" with its reason. */
export function HeadroomList({
  headrooms,
  hasCandidates,
  target,
  affected,
  onNew,
}: {
  readonly headrooms: readonly HeadroomView[];
  readonly hasCandidates: boolean;
  /** Loans of what is not owed yet are asked for. */
  readonly onNew: () => void;
  readonly target: string;
  readonly affected: boolean;
}) {
  if (headrooms.length === 0) return null;
  const unheld = headrooms.filter(({ isNew }) => isNew);
  const owesNothing = !headrooms.some(({ kind, isNew }) => kind === 'borrow' && !isNew);
  const toLine = (headroom: HeadroomView) => (
    <HeadroomLine key={`${headroom.kind} ${headroom.asset.id}`} {...{ headroom, affected }} />
  );
  return (
    <div className="mt-3 border-line border-t pt-2 text-[13px]">
      <p className="text-muted">Still possible with a health factor of at least {target}, one at a time:</p>
      <ul className="mt-1">{headrooms.filter(({ isNew }) => !isNew).map(toLine)}</ul>
      {hasCandidates && (
        <details open={owesNothing || undefined} onToggle={(event) => event.currentTarget.open && onNew()}>
          <summary className="mt-1 text-muted">Borrow what is not owed yet</summary>
          <ul className="mt-1">{unheld.map(toLine)}</ul>
        </details>
      )}
    </div>
  );
}
