/** Markets of Morpho Blue on Ethereum: collateral and loan by symbol in capitals, LLTV as a fraction (fixed at a market's creation). */
export const MORPHO_BLUE_MARKETS: readonly {
  readonly collateral: string;
  readonly loan: string;
  readonly lltv: string;
}[] = [
  { collateral: 'WSTETH', loan: 'USDC', lltv: '0.86' },
  { collateral: 'WBTC', loan: 'USDC', lltv: '0.86' },
  { collateral: 'CBBTC', loan: 'USDC', lltv: '0.86' },
  { collateral: 'WETH', loan: 'USDC', lltv: '0.86' },
  { collateral: 'TBTC', loan: 'USDC', lltv: '0.77' },
  { collateral: 'SUSDE', loan: 'USDC', lltv: '0.915' },
  { collateral: 'WBTC', loan: 'WETH', lltv: '0.915' },
  { collateral: 'WSTETH', loan: 'WETH', lltv: '0.945' },
];
