import { Fragment } from 'react';
import { Figure } from '@/components/ui/figure';
import { Cell, HeadCell, Table } from '@/components/ui/table';
import type { PositionLiquidationStep, TokenQuantity } from '@/lib/domain/outcome';
import { formatAmount } from '@/lib/format/format-amount';
import { formatExact } from '@/lib/format/format-fixed';
import { formatHealthFactor } from '@/lib/format/format-health-factor';
import { formatUsd } from '@/lib/format/format-usd';

const BASE_DECIMALS = 8;
const COLUMNS = 7;

/** Whether a what-if or the moved point changed the figure. */
export interface Affected {
  readonly affected: boolean;
}

function Quantity({
  quantity,
  rounding,
  affected,
}: Affected & { readonly quantity: TokenQuantity; readonly rounding: 'down' | 'up' }) {
  const { asset, amount } = quantity;
  return (
    <Figure
      text={formatAmount(amount, asset.decimals, rounding)}
      unit={asset.symbol}
      exact={formatExact(amount, asset.decimals)}
      affected={affected}
    />
  );
}

export const Value = ({ value, affected }: Affected & { readonly value: bigint }) => (
  <Figure text={formatUsd(value, 'up')} exact={`$${formatExact(value, BASE_DECIMALS)}`} affected={affected} />
);

const HealthAfter = ({ value, affected }: Affected & { readonly value: bigint | null }) =>
  value === null ? (
    <span title="Nothing is owed any more">no debt</span>
  ) : (
    <Figure text={formatHealthFactor(value)} exact={formatExact(value, 18)} affected={affected} />
  );

/** What is left, or that nothing is. */
export function Left({
  quantities,
  none,
  rounding,
  affected,
}: Affected & {
  readonly quantities: readonly TokenQuantity[];
  readonly none: string;
  readonly rounding: 'down' | 'up';
}) {
  const held = quantities.filter(({ amount }) => amount > 0n);
  if (held.length === 0) return <>{none}</>;
  return (
    <span className="inline-flex flex-wrap gap-x-2">
      {held.map((quantity) => (
        <Quantity key={quantity.asset.id} {...{ quantity, rounding, affected }} />
      ))}
    </span>
  );
}

/** What a step leaves: one line under it. The last one's is what the sums say too. */
function AfterStep({ step, affected }: Affected & { readonly step: PositionLiquidationStep }) {
  return (
    <tr>
      <Cell />
      <Cell colSpan={COLUMNS - 1} className="!h-auto !whitespace-normal pb-1.5 text-muted text-xs">
        left <Left quantities={step.collateralLeft} none="no collateral" rounding="down" affected={affected} /> · owed{' '}
        <Left quantities={step.debtLeft} none="nothing" rounding="up" affected={affected} />
        {step.badDebtValue > 0n && (
          <span className="text-liquidatable">
            {' '}
            · bad debt <Value value={step.badDebtValue} affected={affected} />
          </span>
        )}
      </Cell>
    </tr>
  );
}

/** Liquidations in their order: of each what it repays and seizes, who gains what, and, where there are several, what it leaves. */
export function OutcomeSteps({ steps, affected }: Affected & { readonly steps: readonly PositionLiquidationStep[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="overflow-x-auto" aria-label="Liquidations, step by step" tabIndex={0}>
      <Table className="text-[13px]">
        <thead>
          <tr>
            <HeadCell className="text-left">Step</HeadCell>
            <HeadCell className="num">Repaid</HeadCell>
            <HeadCell className="num">Seized</HeadCell>
            <HeadCell className="num" title="Part of what is seized that goes to the protocol">
              of it fee
            </HeadCell>
            <HeadCell className="num" title="What the liquidator gets above what it repays: seized − fee − repaid">
              Bonus
            </HeadCell>
            <HeadCell className="num" title="What you lose beyond the debt repaid: seized − repaid">
              Penalty
            </HeadCell>
            <HeadCell className="num">Health after</HeadCell>
          </tr>
        </thead>
        <tbody>
          {steps.map((step, index) => (
            <Fragment key={`${step.pair.collateral} ${step.pair.debt} ${step.repaid.amount} ${step.seized.amount}`}>
              <tr>
                <Cell>{index + 1}</Cell>
                <Cell className="num">
                  <Quantity quantity={step.repaid} rounding="up" affected={affected} />
                </Cell>
                <Cell className="num">
                  <Quantity quantity={step.seized} rounding="up" affected={affected} />
                </Cell>
                <Cell className="num">
                  {step.fee.amount === 0n ? 'none' : <Quantity quantity={step.fee} rounding="up" affected={affected} />}
                </Cell>
                <Cell className="num">
                  <Value value={step.bonusValue} affected={affected} />
                </Cell>
                <Cell className="num">
                  <Value value={step.penaltyValue} affected={affected} />
                </Cell>
                <Cell className="num">
                  <HealthAfter value={step.healthFactorAfter} affected={affected} />
                </Cell>
              </tr>
              {steps.length > 1 && <AfterStep step={step} affected={affected} />}
            </Fragment>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
