import { ceilRational, floorRational, type Rational } from '@/lib/units/rational';
import { formatAmount } from './format-amount';
import { formatHealthFactor } from './format-health-factor';
import { formatPrice } from './format-price';
import { formatUsd } from './format-usd';

/** Toward −∞ and toward +∞. */
type Directed = 'down' | 'up';

const BASE_DECIMALS = 8;
const BASE_UNIT = 10n ** 8n;
const WAD = 10n ** 18n;
const AMOUNT_DECIMALS = 18;

const toUnits = (value: Rational, rounding: Directed | 'half'): bigint =>
  (rounding === 'up' ? ceilRational : floorRational)(value, BASE_UNIT);

/**
 * A value in dollars as `formatUsd` shows it: down for what one has or could still borrow, up for what one owes or loses.
 * 13,436.36… down is "$13,436", up "$13,437".
 */
export const formatUsdRational = (value: Rational, rounding: Directed): string =>
  formatUsd(toUnits(value, rounding), rounding);

/** An amount of whole tokens as `formatAmount` shows it: down for what one has, up for what one owes. 2,465.4904… up is "2,465.5". */
export const formatAmountRational = (amount: Rational, rounding: Directed): string =>
  formatAmount((rounding === 'down' ? floorRational : ceilRational)(amount, WAD), AMOUNT_DECIMALS, rounding);

/**
 * A price in dollars as `formatPrice` shows it: one that liquidates rounded as `roundTowardToday` says, today's half up. 2,203.18… up is
 * "$2,204", down and half "$2,203".
 */
export const formatPriceRational = (price: Rational, rounding: Directed | 'half'): string =>
  formatPrice(toUnits(price, rounding), BASE_DECIMALS, rounding);

/** A health factor, rounded down, as `formatHealthFactor` shows it. */
export const formatHealthFactorRational = (healthFactor: Rational): string =>
  formatHealthFactor(floorRational(healthFactor, WAD));
