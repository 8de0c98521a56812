import { computeAssetFamily } from '@/lib/domain/asset-family';
import { AAVE_V3_DEFAULTS, AAVE_V3_PROTOCOL_FEE } from '@/lib/venues/aave-v3/default-parameters';
import { COMPOUND_V3_MARKETS } from '@/lib/venues/compound-v3/default-parameters';
import type { VenueModelId } from '@/lib/venues/models';
import { MORPHO_BLUE_MARKETS } from '@/lib/venues/morpho-blue/default-parameters';
import { hold, type LegMapping, refuse, type VenueMapping } from './venue-mapping';

/** Dollar stablecoins that no other family lists. */
const OTHER_DOLLARS: readonly string[] = ['LUSD', 'BOLD', 'SAI', 'GHO'];
const isDollar = (symbol: string): boolean => OTHER_DOLLARS.includes(symbol) || computeAssetFamily({ symbol }).stable;

const aave: VenueMapping = {
  layout: 'account',
  mapDebt: (symbol) =>
    AAVE_V3_DEFAULTS[symbol]?.borrowable
      ? hold()
      : refuse('Aave v3 Core lends none of it, or its figures are not known here.'),
  mapCollateral(symbol) {
    const found = AAVE_V3_DEFAULTS[symbol];
    if (!found || found.liquidationThreshold === '0') {
      return refuse('No collateral of Aave v3 Core beside others, or its figures are not known here.');
    }
    const { maxLtv, liquidationThreshold, liquidationBonus } = found;
    const terms = { version: '3.6', liquidationProtocolFee: AAVE_V3_PROTOCOL_FEE };
    return hold({ maxLtv, liquidationThreshold, liquidationBonus }, { terms });
  },
  source: 'Aave v3 Core on Ethereum after its 3.6 upgrade (block 23,975,177), outside any efficiency mode.',
};

const compound: VenueMapping = {
  layout: 'by-debt',
  mapDebt: (symbol) =>
    COMPOUND_V3_MARKETS[symbol]
      ? hold()
      : refuse('Of Compound III the markets that lend USDC and WETH are known here.'),
  mapCollateral(symbol, debt = 'USDC') {
    const found = COMPOUND_V3_MARKETS[debt]?.[symbol];
    return found ? hold({ ...found }) : refuse(`No collateral of Compound III’s ${debt} market.`);
  },
  source: 'Compound III’s USDC and WETH markets on Ethereum; the figures may be dated.',
};

const morpho: VenueMapping = {
  layout: 'pairs',
  mapDebt: (symbol) =>
    MORPHO_BLUE_MARKETS.some(({ loan }) => loan === symbol)
      ? hold()
      : refuse('Of Morpho Blue the markets that lend USDC and WETH are known here.'),
  mapCollateral(symbol, debt = 'USDC') {
    const found = MORPHO_BLUE_MARKETS.find(({ collateral, loan }) => collateral === symbol && loan === debt);
    return found
      ? hold({}, { terms: { lltv: found.lltv } })
      : refuse(`No market of Morpho Blue that lends ${debt} against it is known here.`);
  },
  source: 'Morpho Blue’s largest markets on Ethereum; what a market lends is fixed at its creation.',
};

/** A venue that lends its own stablecoin: a debt in any dollar is taken as owed in that, one for one. */
const lendsOwn =
  (own: string) =>
  (symbol: string): LegMapping => {
    if (!isDollar(symbol)) return refuse(`It lends ${own} alone, which is no loan of ${symbol}.`);
    return hold({}, { note: symbol === own ? undefined : `${symbol} is owed as ${own}, one for one.` });
  };

const ILKS: Readonly<Record<string, string>> = { WETH: 'ETH-A', WSTETH: 'WSTETH-A' };

const maker: VenueMapping = {
  layout: 'pairs',
  mapDebt: lendsOwn('DAI'),
  mapCollateral(symbol) {
    const ilk = ILKS[symbol];
    if (symbol === 'WBTC') return refuse('Maker’s WBTC-A lends nothing new: its debt ceiling is 0.');
    return ilk ? hold({}, { terms: { ilk } }) : refuse('Maker has no vault for it, or its figures are not known here.');
  },
  source: 'Maker’s ETH-A and WSTETH-A vaults as of May 2026.',
};

const liquityV1: VenueMapping = {
  layout: 'pairs',
  mapDebt: lendsOwn('LUSD'),
  mapCollateral: (symbol) => (symbol === 'WETH' ? hold() : refuse('Liquity v1 takes ETH alone.')),
  source: 'Liquity v1, whose parameters are fixed, in normal mode.',
};

const BRANCHES: Readonly<Record<string, string>> = { WETH: 'WETH', WSTETH: 'wstETH', RETH: 'rETH' };

const liquityV2: VenueMapping = {
  layout: 'pairs',
  mapDebt: lendsOwn('BOLD'),
  mapCollateral(symbol) {
    const branch = BRANCHES[symbol];
    return branch ? hold({}, { terms: { branch } }) : refuse('Liquity v2 takes WETH, wstETH and rETH alone.');
  },
  source: 'Liquity v2, whose parameters are fixed.',
};

const sai: VenueMapping = {
  layout: 'pairs',
  mapDebt: lendsOwn('SAI'),
  mapCollateral(symbol) {
    if (symbol === 'PETH') return hold();
    if (symbol !== 'WETH') return refuse('Single-Collateral Dai took ether alone.');
    return hold({}, { note: 'One ETH counts as one PETH.' });
  },
  source: 'Single-Collateral Dai at its last parameters; it was closed in 2020.',
};

const MARGINS = {
  dollar: { initialMargin: '0.02', maintenanceMargin: '0.01' },
  major: { initialMargin: '0.1', maintenanceMargin: '0.05' },
  other: { initialMargin: '0.2', maintenanceMargin: '0.1' },
} as const;

/** Ours: 1 % of dollars, 5 % of ether and bitcoin and what is made of them, 10 % of all else; twice that to open. */
function mapMargin(symbol: string): LegMapping {
  if (isDollar(symbol)) return hold(MARGINS.dollar);
  const { key } = computeAssetFamily({ symbol });
  return hold(key === 'eth' || key === 'btc' ? MARGINS.major : MARGINS.other);
}

const MARGIN_SOURCE =
  'Maintenance margins of our own, no venue’s: 1 % of dollars, 5 % of ETH and BTC, 10 % of all else, on both sides; twice that to open.';

const custom: VenueMapping = {
  layout: 'account',
  mapDebt: () => refuse('A custom venue has no parameters of its own.'),
  mapCollateral: () => refuse('A custom venue has no parameters of its own.'),
  source: 'None.',
};

/** How each venue would take another's legs. A venue that is registered does not compile here without. */
export const venueMappings: { readonly [Id in VenueModelId]: VenueMapping } = {
  'aave-v3': aave,
  'compound-v3': compound,
  'morpho-blue': morpho,
  'maker-mcd': maker,
  'liquity-v1': liquityV1,
  'liquity-v2': liquityV2,
  'maker-scd': sai,
  'isolated-margin': { layout: 'pairs', mapDebt: mapMargin, mapCollateral: mapMargin, source: MARGIN_SOURCE },
  'cross-margin': { layout: 'account', mapDebt: mapMargin, mapCollateral: mapMargin, source: MARGIN_SOURCE },
  custom,
};
