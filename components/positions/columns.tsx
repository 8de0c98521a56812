import {
  columnVisibilityFeature,
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import type { ReactNode } from 'react';
import type { PositionRow } from '@/lib/book/position-row';
import { formatExact, UNIT_SPACE } from '@/lib/format/format-fixed';
import { formatPercentNumber, formatPercentWad } from '@/lib/format/format-percent';
import { COLUMNS, type ColumnId } from '@/lib/stores/view-state';
import { AgeFigure } from './age-figure';
import { compareKeys, type SortKey, sortKeys } from './arrange-rows';
import { type GlossaryEntry, glossary } from './glossary';
import { HealthFactorFigure } from './health-factor-figure';
import { KnownFigure } from './known-figure';
import { LtvBar } from './ltv-bar';
import { MixBar } from './mix-bar';
import { DistanceFigure, NearestFigure } from './nearest-figure';
import { RiskTag } from './risk-tag';

/** A row as the table shows it. */
export interface TableRow {
  readonly row: PositionRow;
  /** The what-if changes its figures. */
  readonly affected: boolean;
}

export interface ColumnMeta {
  readonly title: string;
  readonly numeric: boolean;
  /** Fixed, so that no change of a figure moves a column; the owner's takes what is left, at least this. */
  readonly widthPx: number;
  readonly term?: GlossaryEntry;
  readonly render: (row: TableRow) => ReactNode;
}

const formatRatio = (ratio: bigint | null): string => (ratio === null ? '∞' : formatPercentWad(ratio, 'down'));
const formatExactRatio = (ratio: bigint | null): string | undefined =>
  ratio === null ? undefined : formatExact(ratio, 18);

/** What each column is called, explained by and draws. The owner's cell is drawn by the table, which makes it the row's link. */
export const columnMeta: Readonly<Record<ColumnId, ColumnMeta>> = {
  venue: {
    title: 'Venue',
    numeric: false,
    widthPx: 120,
    render: ({ row }) => (
      <>
        <span className="block font-medium leading-[15px]">{row.venueName}</span>
        <span className="line-clamp-2 whitespace-normal text-[11px] text-faint leading-[11.5px]" title={row.market}>
          {/* A number and its unit stay together where the name takes two lines. */}
          {row.market.replaceAll(' %', `${UNIT_SPACE}%`)}
        </span>
      </>
    ),
  },
  owner: { title: 'Owner', numeric: false, widthPx: 118, render: ({ row }) => row.owner.label },
  collateral: {
    title: 'Collateral',
    numeric: false,
    widthPx: 68,
    term: glossary.collateral,
    render: ({ row, affected }) => <MixBar legs={row.collateral} blind={row.blind} affected={affected} />,
  },
  debt: {
    title: 'Debt',
    numeric: false,
    widthPx: 68,
    term: glossary.debt,
    render: ({ row, affected }) => <MixBar legs={row.debt} blind={row.blind} affected={affected} />,
  },
  ltv: {
    title: 'LTV / threshold',
    numeric: false,
    widthPx: 108,
    term: glossary.ltv,
    render: ({ row, affected }) => <LtvBar row={row} affected={affected} />,
  },
  'health-factor': {
    title: 'Health factor',
    numeric: true,
    widthPx: 88,
    term: glossary.healthFactor,
    render: ({ row, affected }) => <HealthFactorFigure row={row} affected={affected} className="font-semibold" />,
  },
  'collateral-ratio': {
    title: 'Coll. ratio',
    numeric: true,
    widthPx: 66,
    term: glossary.collateralRatio,
    render: ({ row, affected }) => (
      <KnownFigure
        figure={row.evaluation.collateralRatio}
        format={formatRatio}
        exact={formatExactRatio}
        affected={affected}
      />
    ),
  },
  nearest: {
    title: 'Liquidation',
    numeric: true,
    widthPx: 108,
    term: glossary.nearestLiquidation,
    render: ({ row, affected }) => <NearestFigure row={row} affected={affected} />,
  },
  distance: {
    title: 'Distance',
    numeric: true,
    widthPx: 62,
    term: glossary.distance,
    render: ({ row, affected }) => <DistanceFigure row={row} affected={affected} />,
  },
  'net-rate': {
    title: 'Net APY',
    numeric: true,
    widthPx: 58,
    term: glossary.netRate,
    render: ({ row, affected }) => (
      <KnownFigure figure={row.netYearlyRate} format={formatPercentNumber} affected={affected} />
    ),
  },
  age: { title: 'Age', numeric: true, widthPx: 50, term: glossary.age, render: ({ row }) => <AgeFigure row={row} /> },
  risk: {
    title: 'Risk',
    numeric: false,
    widthPx: 108,
    term: glossary.risk,
    render: ({ row }) => <RiskTag riskClass={row.riskClass} note={row.riskNote} />,
  },
};

export const features = tableFeatures({
  rowSortingFeature,
  columnVisibilityFeature,
  sortedRowModel: createSortedRowModel(),
});

const helper = createColumnHelper<typeof features, TableRow>();

/** Columns of the table in their order; a figure that is unknown sorts last either way. */
export const columns = helper.columns(
  COLUMNS.map((id) =>
    helper.accessor((entry: TableRow): SortKey => sortKeys[id](entry.row), {
      id,
      sortUndefined: 'last',
      sortFn: (a, b, columnId) =>
        compareKeys(a.getValue<NonNullable<SortKey>>(columnId), b.getValue<NonNullable<SortKey>>(columnId)),
      enableHiding: id !== 'venue' && id !== 'owner',
    }),
  ),
);
