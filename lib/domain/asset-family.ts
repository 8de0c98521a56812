import type { Asset } from './asset';

/** Assets that move together, for what-if shocks, grouping and colour. Never used where money is decided: there assets are chain and address. */
export interface AssetFamily {
  readonly key: string;
  readonly label: string;
  /** Meant to be worth one dollar: left out of "all" shocks. */
  readonly stable: boolean;
}

const FAMILIES: readonly { readonly family: AssetFamily; readonly symbols: readonly string[] }[] = [
  {
    family: { key: 'eth', label: 'ETH', stable: false },
    symbols: ['ETH', 'WETH', 'WSTETH', 'STETH', 'WEETH', 'RETH', 'CBETH', 'OSETH', 'EZETH', 'RSETH', 'PETH'],
  },
  { family: { key: 'btc', label: 'BTC', stable: false }, symbols: ['BTC', 'WBTC', 'CBBTC', 'TBTC', 'LBTC', 'FBTC'] },
  { family: { key: 'usde', label: 'USDe', stable: true }, symbols: ['USDE', 'SUSDE'] },
  { family: { key: 'dai', label: 'DAI', stable: true }, symbols: ['DAI', 'SDAI', 'USDS'] },
  { family: { key: 'usdc', label: 'USDC', stable: true }, symbols: ['USDC'] },
  { family: { key: 'xaut', label: 'XAUt', stable: false }, symbols: ['XAUT'] },
  { family: { key: 'usdt', label: 'USDT', stable: true }, symbols: ['USDT'] },
  // Left out, a debt in one of them would fall with "all", and its position look safer than it is.
  ...['USD', 'LUSD', 'BOLD', 'SAI', 'GHO', 'PYUSD', 'RLUSD', 'USDtb', 'crvUSD', 'FRAX', 'TUSD', 'FDUSD'].map(
    (label) => ({
      family: { key: label.toLowerCase(), label, stable: true },
      symbols: [label.toUpperCase()],
    }),
  ),
];

/**
 * The family an asset moves with. An asset of no listed family is a family of its own, volatile.
 * `computeAssetFamily(wstETH).key` is "eth"; LINK's is "link".
 */
export function computeAssetFamily(asset: Pick<Asset, 'symbol'>): AssetFamily {
  const symbol = asset.symbol.toUpperCase();
  const listed = FAMILIES.find(({ symbols }) => symbols.includes(symbol));
  return listed?.family ?? { key: symbol.toLowerCase(), label: asset.symbol, stable: false };
}

/** Of the dollar families, but worth more every day: their price is no peg's. */
const ACCRUING: ReadonlySet<string> = new Set(['SUSDE', 'SDAI']);

/** Whether an asset is meant to be worth one dollar. `isPegged({ symbol: 'USDC' })` is true, of sUSDe it is false. */
export const isPegged = (asset: Pick<Asset, 'symbol'>): boolean =>
  computeAssetFamily(asset).stable && !ACCRUING.has(asset.symbol.toUpperCase());

/** Whether a family is one of the table's, rather than an asset that stands for itself. */
export const isListedFamily = (key: string): boolean => FAMILIES.some(({ family }) => family.key === key);

/** A family's name from its key alone, where its assets are not at hand: as listed, else the key in capitals. `formatFamily('xaut')` is "XAUt". */
export const formatFamily = (key: string): string =>
  FAMILIES.find(({ family }) => family.key === key)?.family.label ?? key.toUpperCase();
