import type { GlossaryEntry } from '@/components/positions/glossary';

/** Terms that only the page of one position uses. */
export const positionGlossary = {
  together: {
    definition:
      'The common fall of all collateral at which the position becomes liquidatable, and the prices that this means.',
    formula: '1 − Σ debt / Σ(collateral · liquidation threshold)',
  },
  liquidationThreshold: {
    definition:
      'The LTV at which this collateral no longer covers its debt, in force for this position (eMode included).',
  },
  maxLtv: { definition: 'The LTV up to which the venue lends against this collateral.' },
  bonus: { definition: 'What a liquidator gains beyond the debt repaid, taken from your collateral.' },
  cap: {
    definition: 'How much of the asset the venue lets all its users supply or borrow, and how much of that is used.',
  },
  rate: { definition: 'Nominal yearly rate at the last block: earned on collateral, owed on debt.' },
  deviation: {
    definition:
      'How far the market is from the oracle, against the deviation at which the feed promises to write. Past it a write is due, and the contract sees the market’s price.',
    formula: 'market / oracle − 1',
  },
} as const satisfies Record<string, GlossaryEntry>;
