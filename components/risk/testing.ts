import type { RiskView } from './use-risk-view';

/** For tests: the mock book with nothing chosen. */
export const VIEW: RiskView = {
  book: 'mock',
  by: 'asset',
  measure: 'gross',
  through: true,
  falling: 'all',
  order: { column: 'health', descending: false },
  asset: null,
  family: null,
  venue: null,
  owner: null,
  counterparty: null,
  health: null,
  drop: null,
  fall: null,
  find: '',
};
