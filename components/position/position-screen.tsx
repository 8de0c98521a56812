'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { parseAsString, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { ChartSync } from '@/components/charts/chart-sync';
import { type Reading, useLiveContext } from '@/components/frame/live-context';
import { useView } from '@/components/frame/use-view';
import { isAffected } from '@/components/positions/is-affected';
import { LiquidatedMark } from '@/components/positions/liquidated-mark';
import { RiskTag } from '@/components/positions/risk-tag';
import { ShockBar } from '@/components/positions/shock-bar';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { listNearestAlone } from '@/lib/book/list-nearest-alone';
import type { PositionRow, PriceFigure } from '@/lib/book/position-row';
import { toOptional } from '@/lib/domain/known';
import type { PositionIdParts } from '@/lib/queries/position-id';
import { CheckOnChain } from './check-on-chain';
import { CopyButton } from './copy-button';
import { CurvePanel } from './curve-panel';
import { checkPositionLink } from './find-position';
import { HistoryPanel } from './history-panel';
import { LegsPanel } from './legs-panel';
import { LiquidationPanel } from './liquidation-panel';
import { NextWritePanel } from './next-write-panel';
import { PositionProblemView } from './position-problem-view';
import { PositionSkeleton } from './position-skeleton';
import { PositionStrip } from './position-strip';
import { usePosition } from './use-position';
import { WarnMenu } from './warn-menu';

/** Every venue's rules come in a chunk of their own: what the page opens with needs none of them. */
const PositionLab = dynamic(() => import('./position-lab'), {
  ssr: false,
  loading: () => <Skeleton className="h-96 w-full" />,
});

/** The asset of the curve as the link names it, by address; that of the nearest liquidation where it names none. */
function chooseAsset(
  row: PositionRow,
  asked: string | null,
): { readonly figure: PriceFigure | undefined; readonly unknownAsset: boolean } {
  const wanted = asked?.toLowerCase();
  const found = wanted === undefined ? undefined : row.prices.find(({ asset }) => asset.address === wanted);
  const nearest = toOptional(listNearestAlone(row))?.[0]?.assetId ?? row.collateral[0]?.leg.asset.id;
  return {
    figure: found ?? row.prices.find(({ asset }) => asset.id === nearest) ?? row.prices[0],
    unknownAsset: wanted !== undefined && !found,
  };
}

function Header({ row, blind }: { readonly row: PositionRow; readonly blind: string | undefined }) {
  const search = useSearchParams().toString();
  return (
    <header className="mb-3 flex flex-wrap items-center gap-x-2.5 gap-y-2">
      <Link href={search ? `/?${search}` : '/'} className="text-faint hover:text-text" prefetch={false}>
        Positions /
      </Link>
      <h1 className="min-w-0 font-semibold text-[18px] leading-6 tracking-tight">
        {row.owner.label} · {row.venueName} {row.market}
      </h1>
      <RiskTag riskClass={row.riskClass} note={row.riskNote} />
      <LiquidatedMark account={row.owner.address} />
      <span className="ml-auto flex flex-wrap gap-2">
        <WarnMenu row={row} />
        <CopyButton label="Copy link" text={() => globalThis.location.href} />
        <CheckOnChain position={row.position} blind={blind} />
      </span>
    </header>
  );
}

function PositionBody({ parts, first }: { readonly parts: PositionIdParts; readonly first: Reading | undefined }) {
  const { row, families, problem, readings } = usePosition(parts, first);
  const [{ shock }] = useView();
  const [asked, setAsked] = useQueryState('asset', parseAsString);
  const { blind } = readings;

  if (problem) return <PositionProblemView problem={problem} />;
  if (!row) {
    return (
      <>
        {blind && blind.code !== 'not-read-yet' && (
          <div className="mb-3">
            <Notice tone="unknown" title="The position cannot be shown">
              {blind.text} Ballast keeps trying; nothing needs to be done here.
            </Notice>
          </div>
        )}
        <PositionSkeleton />
      </>
    );
  }
  const affected = isAffected([...row.collateral, ...row.debt], shock);
  const { figure, unknownAsset } = chooseAsset(row, asked);
  return (
    <>
      <Header row={row} blind={blind?.text} />
      {blind && (
        <div className="mb-3">
          <Notice tone="unknown" title="Figures are unknown">
            {blind.text} They come back by themselves.
          </Notice>
        </div>
      )}
      {!blind && row.riskNote && (
        <div className="mb-3">
          <Notice tone={row.riskClass === 'unknown' ? 'unknown' : 'warning'} title={row.riskNote}>
            {row.latePrices.length + row.jumpedPrices.length > 0 &&
              'The contract still uses such a price, so its figures stay; those at market price stand beside them.'}
          </Notice>
        </div>
      )}
      <PositionStrip row={row} affected={affected} />
      <div className="my-2.5 flex justify-end">
        <ShockBar families={families} />
      </div>
      {unknownAsset && (
        <div className="mb-3">
          <Notice
            title="The link names an asset that is not part of this position"
            actions={<Button onClick={() => void setAsked(null)}>Leave it out</Button>}
          >
            The chart shows {figure?.asset.symbol} instead.{' '}
            <span className="mono break-all">{asked?.slice(0, 80)}</span>
          </Notice>
        </div>
      )}
      <ChartSync>
        <div className="grid items-stretch gap-3.5 lg:grid-cols-2 xl:grid-cols-[1fr_1fr_322px]">
          {figure && (
            <CurvePanel row={row} whatIf={shock} figure={figure} onAsset={(asset) => void setAsked(asset.address)} />
          )}
          <HistoryPanel id={row.id} owner={row.owner.address} {...row.position.chain} blind={blind?.text} />
          <div className="grid content-start gap-3.5 lg:col-span-2 lg:grid-cols-2 xl:col-span-1 xl:grid-cols-1">
            <LiquidationPanel row={row} affected={affected} />
            <NextWritePanel {...{ row, affected, blind }} />
          </div>
        </div>
      </ChartSync>
      <div className="mt-3.5">
        <PositionLab {...{ row, families, affected }} />
      </div>
      <div className="mt-3.5">
        <LegsPanel {...{ row, affected, blind }} />
      </div>
    </>
  );
}

/** One position: how far it is from liquidation, by which prices, and what it is made of. */
export function PositionScreen({ idText, first }: { readonly idText: string; readonly first?: Reading | undefined }) {
  const { config } = useLiveContext();
  const link = useMemo(() => checkPositionLink(idText, config), [idText, config]);
  return link.ok ? <PositionBody parts={link.parts} first={first} /> : <PositionProblemView problem={link.problem} />;
}
