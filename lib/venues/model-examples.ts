import type { LegText } from './book-testing';
import type { VenueModelId } from './models';

/** For tests: a position as a book writes it, terms in their text form. */
export interface ModelExample {
  readonly terms: unknown;
  readonly collateral: readonly LegText[];
  readonly debt: readonly LegText[];
  readonly prices: Readonly<Record<string, string>>;
}

const ETH = { liquidationThreshold: '0.83', maxLtv: '0.805', liquidationBonus: '0.05' };
const BTC = { liquidationThreshold: '0.78', maxLtv: '0.73', liquidationBonus: '0.05' };
const USD = { liquidationThreshold: '0.75', maxLtv: '0.72', liquidationBonus: '0.045' };
const WETH = { borrowCollateralFactor: '0.825', liquidateCollateralFactor: '0.895', liquidationFactor: '0.95' };
const COMP = { borrowCollateralFactor: '0.65', liquidateCollateralFactor: '0.7', liquidationFactor: '0.93' };

const prices = { eth: '3000', btc: '90000', comp: '50', usdc: '1', dai: '0.999', lusd: '1', bold: '1', sai: '1' };

const crossCollateral: Readonly<Record<string, ModelExample>> = {
  'two collaterals, one debt': {
    terms: {},
    collateral: [
      ['eth', '5', ETH],
      ['btc', '0.15', BTC],
    ],
    debt: [['usdc', '18000']],
    prices,
  },
  'several debts, one volatile': {
    terms: {},
    collateral: [
      ['btc', '1', BTC],
      ['usdc', '20000', USD],
    ],
    debt: [
      ['eth', '10'],
      ['dai', '30000'],
    ],
    prices,
  },
  'one asset on both sides': {
    terms: {},
    collateral: [
      ['eth', '10', ETH],
      ['usdc', '1000', USD],
    ],
    debt: [
      ['eth', '2'],
      ['usdc', '12000'],
    ],
    prices,
  },
  'net short': { terms: {}, collateral: [['usdc', '40000', USD]], debt: [['eth', '8']], prices },
  'already liquidatable': { terms: {}, collateral: [['eth', '10', ETH]], debt: [['usdc', '26000']], prices },
  insolvent: { terms: {}, collateral: [['eth', '10', ETH]], debt: [['usdc', '40000']], prices },
  'no debt': { terms: {}, collateral: [['eth', '10', ETH]], debt: [], prices },
  'debt alone': { terms: {}, collateral: [], debt: [['usdc', '10']], prices },
};

/** One collateral, one debt, as in most of the venues: safe, liquidatable, insolvent, without debt. */
const single = (terms: unknown, debtAsset: string): Readonly<Record<string, ModelExample>> => ({
  safe: { terms, collateral: [['eth', '10']], debt: [[debtAsset, '15000']], prices },
  'already liquidatable': { terms, collateral: [['eth', '10']], debt: [[debtAsset, '27700']], prices },
  insolvent: { terms, collateral: [['eth', '10']], debt: [[debtAsset, '36000']], prices },
  'no debt': { terms, collateral: [['eth', '10']], debt: [], prices },
});

const MARGIN = { initialMargin: '0.05', maintenanceMargin: '0.02' };

/** Perpetuals of one underlying: long and short, margin beside the position or taken off what is owed. */
const perpetuals: Readonly<Record<string, ModelExample>> = {
  long: { terms: {}, collateral: [['eth', '2', MARGIN]], debt: [['usdc', '5400']], prices },
  short: { terms: {}, collateral: [['usdc', '7000']], debt: [['eth', '2', MARGIN]], prices },
  'margin in cash': {
    terms: {},
    collateral: [
      ['eth', '2', MARGIN],
      ['usdc', '800'],
    ],
    debt: [['usdc', '6200']],
    prices,
  },
  'already liquidatable': { terms: {}, collateral: [['eth', '2', MARGIN]], debt: [['usdc', '5950']], prices },
  insolvent: { terms: {}, collateral: [['eth', '2', MARGIN]], debt: [['usdc', '7000']], prices },
  'no debt': { terms: {}, collateral: [['eth', '2', MARGIN]], debt: [], prices },
};

/** Positions of each venue that the shared suite runs over. A venue that is registered does not compile here without. */
export const modelExamples: { readonly [Id in VenueModelId]: Readonly<Record<string, ModelExample>> } = {
  custom: crossCollateral,
  'aave-v3': {
    ...crossCollateral,
    'an efficiency mode and a fee': {
      terms: {
        eMode: { ltv: '0.93', liquidationThreshold: '0.95', liquidationBonus: '0.01', assets: ['eth'] },
        liquidationProtocolFee: '0.1',
      },
      collateral: [['eth', '10']],
      debt: [['usdc', '28000']],
      prices,
    },
    'before 3.3': {
      terms: { version: '3.2' },
      collateral: [['eth', '10', ETH]],
      debt: [
        ['usdc', '20000'],
        ['dai', '4000'],
      ],
      prices,
    },
  },
  'compound-v3': {
    'two collaterals': {
      terms: {},
      collateral: [
        ['eth', '5', WETH],
        ['comp', '100', COMP],
      ],
      debt: [['usdc', '12000']],
      prices,
    },
    'already liquidatable': { terms: {}, collateral: [['eth', '10', WETH]], debt: [['usdc', '27500']], prices },
    insolvent: {
      terms: { storeFrontPriceFactor: '0.6' },
      collateral: [['eth', '10', WETH]],
      debt: [['usdc', '40000']],
      prices,
    },
    'no debt': { terms: {}, collateral: [['eth', '10', WETH]], debt: [], prices },
  },
  'morpho-blue': single({ lltv: '0.86' }, 'usdc'),
  'maker-mcd': single({ ilk: 'ETH-A' }, 'dai'),
  'maker-scd': single({}, 'sai'),
  'liquity-v1': {
    ...single({ stabilityPool: '10000' }, 'lusd'),
    'recovery mode, covered': {
      terms: { totalCollateralRatio: '1.4' },
      collateral: [['eth', '10']],
      debt: [['lusd', '22000']],
      prices,
    },
  },
  'liquity-v2': single({ branch: 'wstETH', stabilityPool: '10000' }, 'bold'),
  'isolated-margin': perpetuals,
  'cross-margin': {
    ...perpetuals,
    'long and short in one account': {
      terms: {},
      collateral: [
        ['eth', '2', MARGIN],
        ['usdc', '9800'],
      ],
      debt: [
        ['btc', '0.1', { maintenanceMargin: '0.01' }],
        ['usdc', '5400'],
      ],
      prices,
    },
  },
};
