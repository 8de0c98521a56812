/** Places in the palette of twelve that known assets keep everywhere; siblings of one family get neighbours that tell apart. */
const SERIES: Readonly<Record<string, number>> = {
  ETH: 1,
  WETH: 1,
  STETH: 4,
  WSTETH: 4,
  WEETH: 7,
  BTC: 2,
  WBTC: 2,
  USDC: 3,
  USDT: 5,
  DAI: 6,
  LINK: 8,
  AAVE: 9,
  USDE: 10,
  SUSDE: 11,
  XAUT: 12,
};

/** Colour of an asset, stable by its symbol, as a CSS value. `assetColour('WETH')` is "var(--series-1)"; one that is not listed is grey. */
export function assetColour(symbol: string): string {
  const place = SERIES[symbol.toUpperCase()];
  return place === undefined ? 'var(--series-other)' : `var(--series-${place})`;
}
