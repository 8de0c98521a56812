import Link from 'next/link';
import { AgeFigure } from './age-figure';
import type { TableRow } from './columns';
import { HealthFactorFigure } from './health-factor-figure';
import { LiquidatedMark } from './liquidated-mark';
import { LtvBar } from './ltv-bar';
import { MixBar } from './mix-bar';
import { DistanceFigure, NearestFigure } from './nearest-figure';
import { RiskTag } from './risk-tag';

/** A position on a phone: what is most urgent first. */
export function PositionCard({ entry, href }: { readonly entry: TableRow; readonly href: string }) {
  const { row, affected } = entry;
  return (
    <Link href={href} prefetch={false} data-row="" className="block border-line border-b py-3">
      <span className="flex items-start justify-between gap-3">
        <span className="min-w-0">
          <span className="block break-words font-medium">{row.owner.label}</span>
          <LiquidatedMark account={row.owner.address} />
          <span className="block text-faint text-xs">
            {row.venueName} · {row.market}
          </span>
        </span>
        <RiskTag riskClass={row.riskClass} note={row.riskNote} />
      </span>
      <span className="mt-2 grid grid-cols-[auto_1fr] items-start gap-x-6">
        <span>
          <span className="block text-[11px] text-faint leading-[13px]">Health factor</span>
          <HealthFactorFigure row={row} affected={affected} className="font-semibold text-[18px] leading-6" />
        </span>
        <span className="text-right">
          <span className="block text-[11px] text-faint leading-[13px]">Nearest liquidation</span>
          <span className="block leading-6">
            <NearestFigure row={row} affected={affected} />{' '}
            <span className="text-muted">
              <DistanceFigure row={row} affected={affected} />
            </span>
          </span>
        </span>
      </span>
      <span className="mt-2 grid grid-cols-[1fr_96px_96px] gap-3">
        <LtvBar row={row} affected={affected} wide />
        <MixBar legs={row.collateral} blind={row.blind} affected={affected} />
        <MixBar legs={row.debt} blind={row.blind} affected={affected} />
      </span>
      <span className="mt-1.5 block text-[11px] text-faint">
        prices <AgeFigure row={row} />
      </span>
    </Link>
  );
}
