import { toOptional } from '@/lib/domain/known';
import type { Standing, Standings } from '@/lib/risk/exposure/desk-book';
import type { PositionRow } from './position-row';

/**
 * What the rows of Positions say of health and class, by position, so that Risk never calls one safer: the class with its doubts (late, absurd
 * or jumped prices, the market's), the contract's own test and health factor. Under the what-if of the rows.
 *
 * Example: 10 WETH at a late 3,000 against 10,000 USDC: health factor 2.49, not liquidatable; at a market price of 1,200 class `liquidatable`.
 */
export const toStandings = (rows: readonly PositionRow[]): Standings =>
  Object.fromEntries(
    rows.map(({ id, riskClass, riskNote, evaluation: { liquidatable, healthFactor } }): [string, Standing] => [
      id,
      {
        riskClass,
        liquidatable: toOptional(liquidatable),
        healthFactor: toOptional(healthFactor),
        note: riskNote,
      },
    ]),
  );
