import { Figure } from '@/components/ui/figure';
import type { RemedyStep } from '@/lib/book/remedy-steps';
import type { RemedyView } from '@/lib/book/remedy-view';
import { formatAmount } from '@/lib/format/format-amount';
import { formatExact } from '@/lib/format/format-fixed';
import { formatHealthFactor } from '@/lib/format/format-health-factor';
import { formatUsd } from '@/lib/format/format-usd';
import { formatDecimal } from '@/lib/units/decimal';
import { CopyButton } from './copy-button';

const WAD_DECIMALS = 18;
const BASE_DECIMALS = 8;

const VERBS: Readonly<Record<RemedyStep['kind'], string>> = {
  supply: 'add',
  repay: 'repay',
  withdraw: 'sell',
  borrow: 'borrow',
};

const symbolOf = (asset: RemedyView['to']): string => asset?.symbol ?? '';

/** What a remedy is, in words. */
export function describeRemedy({ kind, from, to, steps }: RemedyView): string {
  switch (kind) {
    case 'add-collateral':
      return `Add ${symbolOf(to)}`;
    case 'repay':
      return `Repay ${symbolOf(to)}`;
    case 'repay-with-collateral':
      return `Repay ${symbolOf(to)} with ${symbolOf(from)}`;
    case 'swap-collateral':
      return `Swap ${symbolOf(from)} for ${symbolOf(to)}`;
    case 'swap-debt':
      return `Owe ${symbolOf(to)} instead of ${symbolOf(from)}`;
    case 'mix':
      return `Mix: ${steps.map(({ kind: verb, asset: { symbol } }) => `${VERBS[verb]} ${symbol}`).join(', ')}`;
  }
}

/** The steps as text that can be followed: full precision. */
const toText = ({ steps }: RemedyView): string =>
  steps
    .map(({ kind, asset, amount }) => `${VERBS[kind]} ${formatDecimal(amount, asset.decimals)} ${asset.symbol}`)
    .join(', ');

/** What the cost is made of. */
function CostParts({
  remedy: { cash, swapLoss, steps },
  affected,
}: {
  readonly remedy: RemedyView;
  readonly affected: boolean;
}) {
  if (swapLoss === 0n) return cash === 0n ? 'costs nothing' : 'cash brought in';
  if (cash === 0n) return steps.length > 2 ? 'lost in swaps' : 'lost in the swap';
  const toFigure = (value: bigint) => (
    <Figure text={formatUsd(value, 'up')} exact={`$${formatExact(value, BASE_DECIMALS)}`} affected={affected} />
  );
  return (
    <>
      {toFigure(cash)} cash, {toFigure(swapLoss)} lost in swaps
    </>
  );
}

function Steps({ steps, affected }: { readonly steps: readonly RemedyStep[]; readonly affected: boolean }) {
  return (
    <span className="inline-flex flex-wrap gap-x-2 text-muted">
      {steps.map(({ kind, asset, amount }) => (
        <span key={`${kind} ${asset.id}`} className="whitespace-nowrap">
          {VERBS[kind]}{' '}
          <Figure
            text={formatAmount(amount, asset.decimals, 'up')}
            unit={asset.symbol}
            exact={formatExact(amount, asset.decimals)}
            affected={affected}
          />
        </span>
      ))}
    </span>
  );
}

/** A remedy that can be done: its steps, what it costs and of what, where it leads. */
export function RemedyLine({
  remedy,
  isCheapest,
  affected,
}: {
  readonly remedy: RemedyView;
  readonly isCheapest: boolean;
  readonly affected: boolean;
}) {
  const { healthFactorAfter, cost } = remedy;
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-0.5 border-line border-b py-1.5 text-[13px] last:border-0">
      <span className="min-w-0">
        <span className="font-medium">{describeRemedy(remedy)}</span>
        {isCheapest && <span className="text-accent"> cheapest</span>}
        <br />
        <Steps steps={remedy.steps} affected={affected} />
      </span>
      <span className="flex items-baseline gap-3">
        <span className="text-right">
          <Figure
            text={formatUsd(cost, 'up')}
            exact={`$${formatExact(cost, BASE_DECIMALS)}`}
            affected={affected}
            className="font-medium"
          />
          <span className="block text-faint text-xs">
            <CostParts {...{ remedy, affected }} />
          </span>
          <span className="block text-faint text-xs">
            health{' '}
            {healthFactorAfter === null ? (
              'no debt'
            ) : (
              <Figure
                text={formatHealthFactor(healthFactorAfter)}
                exact={formatExact(healthFactorAfter, WAD_DECIMALS)}
                affected={affected}
              />
            )}
          </span>
        </span>
        <CopyButton label="Copy" text={() => toText(remedy)} />
      </span>
    </li>
  );
}
