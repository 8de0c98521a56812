import type { LegParameter } from '@/lib/domain/book-position';
import type { Draws } from '@/lib/units/draws';
import type { VenueModelId } from '@/lib/venues/models';

/** Prices of the mock book, in dollars. Made up: round figures of the size these assets have had, of no day and no source. */
export const MOCK_PRICES = {
  ETH: 3_000,
  WETH: 3_000,
  wstETH: 3_600,
  weETH: 3_200,
  rETH: 3_420,
  PETH: 3_120,
  WBTC: 90_000,
  cbBTC: 90_000,
  LINK: 15,
  AAVE: 180,
  USDC: 1,
  USDT: 1,
  DAI: 1,
  GHO: 0.9985,
  sUSDe: 1.18,
  LUSD: 1.002,
  BOLD: 0.999,
  SAI: 1,
} as const;
export type MockAsset = keyof typeof MOCK_PRICES;

/** A leg as it is made up: its share of the side's value, and what a unit of its value carries. */
export interface MockLeg {
  readonly asset: MockAsset;
  readonly share: number;
  readonly weight: number;
  readonly parameters?: Readonly<Partial<Record<LegParameter, string>>>;
}

/** What a mock position is made of, both sides' shares adding up to 1. */
export interface MockShape {
  readonly collateral: readonly MockLeg[];
  /** Weights above 1 are margins that what is owed needs itself. */
  readonly debt: readonly MockLeg[];
  readonly terms?: unknown;
  /** Least debt in dollars the venue allows. */
  readonly leastDebt?: number;
}

const lending = (liquidationThreshold: string, maxLtv: string, liquidationBonus: string) => ({
  weight: Number(liquidationThreshold),
  parameters: { liquidationThreshold, maxLtv, liquidationBonus },
});

/** Thresholds, LTVs and bonuses of Aave v3 Core on Ethereum, of about the end of 2025. */
const AAVE: readonly (readonly [MockAsset, ReturnType<typeof lending>])[] = [
  ['WETH', lending('0.83', '0.805', '0.05')],
  ['WETH', lending('0.83', '0.805', '0.05')],
  ['wstETH', lending('0.81', '0.785', '0.06')],
  ['weETH', lending('0.8', '0.775', '0.07')],
  ['WBTC', lending('0.78', '0.73', '0.05')],
  ['cbBTC', lending('0.78', '0.73', '0.075')],
  ['LINK', lending('0.71', '0.66', '0.07')],
  ['AAVE', lending('0.76', '0.69', '0.075')],
  ['USDC', lending('0.78', '0.75', '0.045')],
];

const comet = (borrowCollateralFactor: string, liquidateCollateralFactor: string, liquidationFactor: string) => ({
  weight: Number(liquidateCollateralFactor),
  parameters: { borrowCollateralFactor, liquidateCollateralFactor, liquidationFactor },
});

/** The mainnet USDC market's factors. */
const COMET: readonly (readonly [MockAsset, ReturnType<typeof comet>])[] = [
  ['WETH', comet('0.825', '0.895', '0.95')],
  ['WBTC', comet('0.7', '0.77', '0.95')],
  ['wstETH', comet('0.82', '0.87', '0.92')],
  ['cbBTC', comet('0.8', '0.85', '0.95')],
  ['LINK', comet('0.79', '0.85', '0.93')],
];

const MORPHO = [
  { collateral: 'wstETH', debt: 'USDC', lltv: '0.86' },
  { collateral: 'WBTC', debt: 'USDC', lltv: '0.86' },
  { collateral: 'cbBTC', debt: 'USDC', lltv: '0.86' },
  { collateral: 'wstETH', debt: 'WETH', lltv: '0.945' },
  { collateral: 'WBTC', debt: 'WETH', lltv: '0.915' },
  { collateral: 'sUSDe', debt: 'USDC', lltv: '0.915' },
] as const;

const BRANCHES = [
  { branch: 'WETH', asset: 'WETH', ratio: 1.1 },
  { branch: 'wstETH', asset: 'wstETH', ratio: 1.2 },
  { branch: 'rETH', asset: 'rETH', ratio: 1.2 },
] as const;

const ILKS = [
  { ilk: 'ETH-A', asset: 'WETH', ratio: 1.45, dust: 7_500 },
  { ilk: 'ETH-B', asset: 'WETH', ratio: 1.3, dust: 25_000 },
  { ilk: 'ETH-C', asset: 'WETH', ratio: 1.7, dust: 3_500 },
  { ilk: 'WSTETH-A', asset: 'wstETH', ratio: 1.5, dust: 7_500 },
  { ilk: 'WBTC-A', asset: 'WBTC', ratio: 1.5, dust: 7_500 },
] as const;

/** One to three different ones of a list, with shares that add up to 1. */
function pickLegs<Rest extends object>(
  draws: Draws,
  from: readonly (readonly [MockAsset, Rest])[],
  most: number,
): (Rest & { readonly asset: MockAsset; readonly share: number })[] {
  const wanted = 1 + Math.floor(draws.next() * most);
  const chosen = new Map(Array.from({ length: wanted }, () => draws.pick(from)));
  const parts = [...chosen].map(([asset, rest]) => ({ asset, rest, part: draws.between(0.2, 1) }));
  const total = parts.reduce((sum, { part }) => sum + part, 0);
  return parts.map(({ asset, rest, part }) => ({ ...rest, asset, share: part / total }));
}

const owe = (asset: MockAsset, weight = 1): readonly MockLeg[] => [{ asset, share: 1, weight }];
const hold = (asset: MockAsset, weight: number): readonly MockLeg[] => [{ asset, share: 1, weight }];

/** A perpetual's legs: the base moves and needs margin, the dollars beside it do not. */
const PERPETUAL = { initialMargin: '0.05', maintenanceMargin: '0.02' } as const;

function shapePerpetual(draws: Draws): MockShape {
  const base = draws.pick(['ETH', 'WBTC'] as const);
  if (draws.chance(65)) {
    return { collateral: [{ asset: base, share: 1, weight: 0.98, parameters: PERPETUAL }], debt: owe('USDC') };
  }
  return { collateral: hold('USDC', 1), debt: [{ asset: base, share: 1, weight: 1.02, parameters: PERPETUAL }] };
}

function shapeAave(draws: Draws): MockShape {
  const collateral = pickLegs(draws, AAVE, 3);
  const debts: readonly MockAsset[] = ['USDC', 'USDC', 'USDT', 'GHO', 'DAI', 'WETH'];
  const debt = pickLegs(
    draws,
    debts.map((asset) => [asset, { weight: 1 }] as const),
    2,
  );
  return { collateral, debt, terms: { liquidationProtocolFee: '0.1' } };
}

function shapeCross(draws: Draws): MockShape {
  const rest = { weight: 0.97, parameters: { initialMargin: '0.06', maintenanceMargin: '0.03' } };
  const collateral = pickLegs(
    draws,
    (['ETH', 'WBTC', 'LINK'] as const).map((asset) => [asset, rest] as const),
    3,
  );
  return { collateral, debt: owe(draws.pick(['USDC', 'USDT'] as const)) };
}

function shapeCustom(draws: Draws): MockShape {
  const rest = lending('0.7', '0.65', '0.08');
  return { collateral: pickLegs(draws, [['LINK', rest] as const, ['AAVE', rest] as const], 2), debt: owe('DAI') };
}

/** How a mock position of each venue is made up. A venue that is registered does not compile here without. */
export const mockShapes: { readonly [Id in VenueModelId]: (draws: Draws) => MockShape } = {
  'aave-v3': shapeAave,
  'compound-v3': (draws) => ({ collateral: pickLegs(draws, COMET, 3), debt: owe('USDC') }),
  'morpho-blue': (draws) => {
    const { collateral, debt, lltv } = draws.pick(MORPHO);
    return { collateral: hold(collateral, Number(lltv)), debt: owe(debt), terms: { lltv } };
  },
  'liquity-v1': () => ({ collateral: hold('ETH', 1 / 1.1), debt: owe('LUSD'), leastDebt: 2_000 }),
  'liquity-v2': (draws) => {
    const { branch, asset, ratio } = draws.pick(BRANCHES);
    return { collateral: hold(asset, 1 / ratio), debt: owe('BOLD'), terms: { branch }, leastDebt: 2_000 };
  },
  'maker-mcd': (draws) => {
    const { ilk, asset, ratio, dust } = draws.pick(ILKS);
    return { collateral: hold(asset, 1 / ratio), debt: owe('DAI'), terms: { ilk }, leastDebt: dust };
  },
  'maker-scd': () => ({ collateral: hold('PETH', 1 / 1.5), debt: owe('SAI') }),
  'isolated-margin': shapePerpetual,
  'cross-margin': shapeCross,
  custom: shapeCustom,
};
