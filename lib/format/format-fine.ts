import { ceilDiv, floorDiv } from '@/lib/units/rounding';
import { formatExact, type Rounding } from './format-fixed';
import { formatUsdCompact } from './format-usd';

/** Values of a book have 18 decimals, dollars as they are written 8. */
const TO_USD = 10n ** 10n;
const FINE_DECIMALS = 18;

/** A value with 18 decimals, compact, rounded as `formatUsdCompact`. `formatFineCompact(4_820_000n * 10n ** 18n)` is "$4.82M". */
export const formatFineCompact = (value: bigint, rounding: Rounding = 'half'): string =>
  formatUsdCompact((rounding === 'up' ? ceilDiv : floorDiv)(value, TO_USD), rounding);

/** To its last digit: what a hover and a copy give. */
export const formatFineExact = (value: bigint): string => `$${formatExact(value, FINE_DECIMALS)}`;
