import type { PositionRow } from '@/lib/book/position-row';
import type { Known } from '@/lib/domain/known';
import { formatDecimal } from '@/lib/units/decimal';
import { rationalToNumber } from '@/lib/units/rational';

const HEAD = [
  'position',
  'venue',
  'market',
  'owner',
  'address',
  'collateral',
  'debt',
  'collateral_usd',
  'debt_usd',
  'ltv',
  'liquidation_threshold',
  'health_factor',
  'health_factor_at_market',
  'collateral_ratio',
  'nearest_asset',
  'nearest_price_usd',
  'distance',
  'net_yearly_rate',
  'oldest_price_age_s',
  'risk',
  'note',
  'what_if',
] as const;

/** Quotes where needed; text that a spreadsheet would run as a formula gets an apostrophe before it. */
function quote(text: string): string {
  const safe = /^[=+@\t\r]|^-(?![\d.]+$)/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const decimal = (figure: Known<bigint | null>, decimals: number): string =>
  !figure.known ? 'unknown' : figure.value === null ? '' : formatDecimal(figure.value, decimals);

/** Amounts of a chain that cannot be seen are no amounts of now. */
const legs = (figures: PositionRow['collateral'], isSeen: boolean): string =>
  !isSeen
    ? 'unknown'
    : figures.map(({ leg }) => `${formatDecimal(leg.amount, leg.asset.decimals)} ${leg.asset.symbol}`).join(' + ');

/**
 * Positions as CSV, exact decimals with a point, unknown figures as "unknown", those that do not exist empty. RFC 4180, with a head line.
 * Each line names the what-if it was computed with, so that none is ever taken for today's; empty without one.
 */
export function formatPositionsCsv(rows: readonly PositionRow[], whatIf: string): string {
  const lines = rows.map((row) => {
    const { evaluation, nearest } = row;
    const near = nearest.known ? nearest.value : undefined;
    return [
      row.id,
      row.venueName,
      row.market,
      row.owner.label,
      row.owner.address,
      legs(row.collateral, row.blind === undefined),
      legs(row.debt, row.blind === undefined),
      decimal(evaluation.collateralValue, 8),
      decimal(evaluation.debtValue, 8),
      decimal(evaluation.ltv, 18),
      decimal(evaluation.liquidationThreshold, 18),
      decimal(evaluation.healthFactor, 18),
      decimal(row.atMarket.healthFactor, 18),
      decimal(evaluation.collateralRatio, 18),
      near?.asset.symbol ?? '',
      near ? formatDecimal(near.answer, near.decimals) : nearest.known ? '' : 'unknown',
      near ? rationalToNumber(near.distance).toFixed(6) : '',
      row.netYearlyRate.known ? row.netYearlyRate.value.toFixed(6) : 'unknown',
      row.oldestPriceSeconds?.toString() ?? '',
      row.riskClass,
      row.riskNote ?? '',
      whatIf,
    ];
  });
  return [HEAD, ...lines].map((line) => line.map(quote).join(',')).join('\r\n');
}
