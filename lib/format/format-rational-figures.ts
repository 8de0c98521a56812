import { ceilRational, floorRational, type Rational } from '@/lib/units/rational';
import { formatHealthFactor } from './format-health-factor';
import { formatPrice } from './format-price';
import { formatUsd } from './format-usd';

const BASE_DECIMALS = 8;
const BASE_UNIT = 10n ** 8n;
const WAD = 10n ** 18n;

/** A value in dollars, rounded up to eight decimals and then as `formatUsd` shows it. 28,500 is "$28,500". */
export const formatUsdRational = (value: Rational): string => formatUsd(ceilRational(value, BASE_UNIT));

/** A price in dollars as `formatPrice` shows it. 1,800 is "$1,800". */
export const formatPriceRational = (price: Rational): string =>
  formatPrice(floorRational(price, BASE_UNIT), BASE_DECIMALS);

/** A health factor, rounded down, as `formatHealthFactor` shows it. */
export const formatHealthFactorRational = (healthFactor: Rational): string =>
  formatHealthFactor(floorRational(healthFactor, WAD));
