export interface GlossaryEntry {
  readonly definition: string;
  readonly formula?: string;
}

/** The field's terms, one word per concept, as they are explained on hover. */
export const glossary = {
  collateral: {
    definition:
      'What is supplied and can be seized. Supplied assets that do not count are left out of the health factor.',
  },
  debt: { definition: 'What is borrowed, with interest accrued to the block that was read.' },
  netWorth: { definition: 'What would be left if everything were repaid now.', formula: 'supplied − debt' },
  ltv: {
    definition:
      'Loan to value: debt as a share of collateral. The mark is the LTV at which the position becomes liquidatable.',
    formula: 'LTV = debt / collateral value',
  },
  healthFactor: {
    definition:
      'How far the position is from liquidation, by the venue’s own rule: liquidatable below 1. Beside it, where it differs, the same at market price instead of the oracle’s.',
    formula: 'HF = Σ(collateral · liquidation threshold) / Σ debt',
  },
  collateralRatio: {
    definition: 'Collateral as a share of debt, the inverse of LTV.',
    formula: 'collateral value / debt',
  },
  nearestLiquidation: {
    definition:
      'The price of one asset alone, every other price held, at which the position becomes liquidatable: of the asset likely to get there first (a per cent of a dollar stablecoin counts as ten). Assets of a family, such as ETH and staked ETH, mostly move together: then it comes sooner. For a debt in a volatile asset it lies above today’s price.',
  },
  distance: {
    definition:
      'How far that asset’s oracle price is from its liquidation price: negative where a fall liquidates, positive where a rise does.',
    formula: 'P_liq / P − 1',
  },
  netRate: {
    definition: 'Yearly return on net worth from interest alone, at the rates of the last block.',
    formula: '(interest earned − interest owed) / net worth',
  },
  carry: { definition: 'Interest earned minus interest owed in one day, at the rates of the last block.' },
  age: {
    definition:
      'Time since the oldest oracle price this position depends on was written, by the chain’s own clock. Late: past the heartbeat the feed promises; the contract still uses it.',
  },
  risk: {
    definition:
      'Liquidatable by the venue’s own test; danger below 1.08, warning below 1.25, watch below 1.5, else safe. With a late oracle the worse of oracle and market price.',
  },
} as const satisfies Record<string, GlossaryEntry>;
