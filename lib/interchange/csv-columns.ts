import type { LegParameter } from '@/lib/domain/book-position';

/** Columns of a leg's parameters in a book's CSV, by the name the book's JSON has for them. */
export const PARAMETER_COLUMNS: Readonly<Record<string, LegParameter>> = {
  liquidation_threshold: 'liquidationThreshold',
  max_ltv: 'maxLtv',
  liquidation_bonus: 'liquidationBonus',
  borrow_collateral_factor: 'borrowCollateralFactor',
  liquidate_collateral_factor: 'liquidateCollateralFactor',
  liquidation_factor: 'liquidationFactor',
  initial_margin: 'initialMargin',
  maintenance_margin: 'maintenanceMargin',
};
