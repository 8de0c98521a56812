import type { LegParameter } from '@/lib/domain/book-position';
import { formatChangeBps } from '@/lib/format/format-percent';
import type { DropBin, HealthBin } from '@/lib/risk/exposure/bins';
import type { FallMark } from '@/lib/risk/exposure/desk-filter';
import type { ExposureDimension } from '@/lib/risk/exposure/exposures';

export const HEALTH_LABELS: Readonly<Record<HealthBin, string>> = {
  liquidatable: 'liquidatable',
  '1': 'below 1.08',
  '1.08': '1.08 to 1.25',
  '1.25': '1.25 to 1.5',
  '1.5': '1.5 to 2',
  '2': '2 to 3',
  '3': '3 and more',
  'no-debt': 'no debt',
  unknown: 'unknown',
};

export const DROP_LABELS: Readonly<Record<DropBin, string>> = {
  liquidatable: 'liquidatable',
  '0': '0 to 5 %',
  '5': '5 to 10 %',
  '10': '10 to 15 %',
  '15': '15 to 20 %',
  '20': '20 to 25 %',
  '25': '25 to 30 %',
  '30': '30 to 40 %',
  '40': '40 to 50 %',
  '50': '50 to 60 %',
  '60': '60 to 80 %',
  '80': '80 to 100 %',
  none: 'at no fall',
  unknown: 'unknown',
};

export const DIMENSION_LABELS: Readonly<Record<ExposureDimension, string>> = {
  asset: 'Asset',
  venue: 'Venue',
  owner: 'Owner',
  counterparty: 'Counterparty',
};

/** "ETH −40 %", "everything but dollars −10 % to −40 %". */
export function describeFall({ fromBps, toBps }: FallMark, label: string): string {
  const to = formatChangeBps(-toBps);
  return fromBps === undefined ? `${label} ${to}` : `${label} ${formatChangeBps(-fromBps)} to ${to}`;
}

/** What a leg's parameters are called, and how they are rounded against the user. */
export const PARAMETERS: Readonly<Record<LegParameter, { readonly label: string; readonly rounding: 'down' | 'up' }>> =
  {
    liquidationThreshold: { label: 'threshold', rounding: 'down' },
    maxLtv: { label: 'max LTV', rounding: 'down' },
    liquidationBonus: { label: 'bonus', rounding: 'up' },
    borrowCollateralFactor: { label: 'borrow factor', rounding: 'down' },
    liquidateCollateralFactor: { label: 'liquidation factor', rounding: 'down' },
    liquidationFactor: { label: 'paid at liquidation', rounding: 'down' },
    initialMargin: { label: 'initial margin', rounding: 'up' },
    maintenanceMargin: { label: 'maintenance margin', rounding: 'up' },
  };
