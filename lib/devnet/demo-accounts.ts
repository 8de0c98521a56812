import type { Operation } from './operations';
import type { AssetSymbol, MorphoMarketName } from './parameters';

/**
 * A step of a demo account: a plain operation, or one that is sized at the prices of the moment, so that the account's situation is the
 * same whenever it is opened. Health factors are decimal strings.
 */
export type DemoStep =
  | Operation
  | {
      /** Borrow on Aave down to a health factor, split by value. */
      readonly kind: 'borrowTo';
      readonly healthFactor: string;
      readonly debts: readonly { readonly asset: AssetSymbol; readonly percent: number }[];
    }
  /** Withdraw collateral on Aave down to a health factor: allowed below the borrowing limit, where borrowing is not. */
  | { readonly kind: 'withdrawTo'; readonly healthFactor: string; readonly asset: AssetSymbol }
  | { readonly kind: 'morphoBorrowTo'; readonly healthFactor: string; readonly market: MorphoMarketName };

export interface DemoAccount {
  /** The situation's short name; never a person's. */
  readonly label: string;
  readonly situation: string;
  readonly steps: readonly DemoStep[];
}

const supply = (asset: AssetSymbol, amount: string): DemoStep => ({ kind: 'supply', asset, amount });

/** Sixteen situations, in the order of their addresses. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  {
    label: 'stETH loop',
    situation: 'Staked ether against ether on Morpho: only the ratio of the two matters, and there is little room.',
    steps: [
      { kind: 'morphoSupplyCollateral', market: 'wstETH/WETH', amount: '160.5' },
      { kind: 'morphoBorrowTo', market: 'wstETH/WETH', healthFactor: '1.052' },
    ],
  },
  {
    label: 'eMode ETH loop',
    situation: 'Staked ether and ether against ether in eMode, where correlated assets may borrow up to 93 %.',
    steps: [
      supply('wstETH', '228'),
      supply('WETH', '119'),
      { kind: 'setEMode', category: 1 },
      { kind: 'borrowTo', healthFactor: '1.091', debts: [{ asset: 'WETH', percent: 100 }] },
    ],
  },
  {
    label: 'ETH + BTC, two debts',
    situation: 'Two volatile collaterals carry two stablecoin debts.',
    steps: [
      supply('WETH', '88'),
      supply('WBTC', '2.36'),
      {
        kind: 'borrowTo',
        healthFactor: '1.309',
        debts: [
          { asset: 'USDC', percent: 84 },
          { asset: 'DAI', percent: 16 },
        ],
      },
    ],
  },
  {
    label: 'Short ETH',
    situation: 'Dollars against borrowed ether: the danger lies above the price.',
    steps: [
      supply('USDC', '210000'),
      { kind: 'borrowTo', healthFactor: '1.388', debts: [{ asset: 'WETH', percent: 100 }] },
    ],
  },
  {
    label: 'BTC vault',
    situation: 'One collateral, one debt, in a market of its own on Morpho.',
    steps: [
      { kind: 'morphoSupplyCollateral', market: 'WBTC/USDC', amount: '3.66' },
      { kind: 'morphoBorrowTo', market: 'WBTC/USDC', healthFactor: '1.892' },
    ],
  },
  {
    label: 'Isolated XAUt',
    situation:
      'Gold in isolation mode: no other collateral counts, only flagged stablecoins may be borrowed, up to a ceiling.',
    steps: [
      supply('XAUt', '15.2'),
      { kind: 'setCollateral', asset: 'XAUt', enabled: true },
      { kind: 'borrowTo', healthFactor: '2.065', debts: [{ asset: 'USDC', percent: 100 }] },
    ],
  },
  {
    label: 'Low debt',
    situation: 'Far from liquidation.',
    steps: [
      supply('WETH', '23'),
      supply('USDC', '26000'),
      { kind: 'borrowTo', healthFactor: '2.594', debts: [{ asset: 'USDT', percent: 100 }] },
    ],
  },
  {
    label: 'AAVE only',
    situation: 'A single collateral that cannot itself be borrowed.',
    steps: [
      supply('AAVE', '150'),
      { kind: 'borrowTo', healthFactor: '1.72', debts: [{ asset: 'USDC', percent: 100 }] },
    ],
  },
  {
    label: 'No debt',
    situation: 'Supplies and owes nothing: nothing to liquidate.',
    steps: [supply('WETH', '13.2')],
  },
  {
    label: 'Same asset both sides',
    situation: 'Ether is supplied and owed at once; what counts is the difference.',
    steps: [
      supply('WETH', '50'),
      supply('USDC', '80000'),
      { kind: 'borrowTo', healthFactor: '1.62', debts: [{ asset: 'WETH', percent: 100 }] },
    ],
  },
  {
    label: 'eMode stablecoins',
    situation: 'Yield-bearing dollars against plain dollars in eMode: a small loss of the peg is enough.',
    steps: [
      supply('sUSDe', '400000'),
      supply('USDe', '50000'),
      { kind: 'setEMode', category: 2 },
      {
        kind: 'borrowTo',
        healthFactor: '1.06',
        debts: [
          { asset: 'USDC', percent: 70 },
          { asset: 'USDT', percent: 30 },
        ],
      },
    ],
  },
  {
    label: 'Collateral switched off',
    situation: 'Supplied dollars earn interest but are not pledged: they cannot be seized and do not help.',
    steps: [
      supply('WETH', '20'),
      supply('USDC', '25000'),
      { kind: 'setCollateral', asset: 'USDC', enabled: false },
      { kind: 'borrowTo', healthFactor: '1.45', debts: [{ asset: 'USDT', percent: 100 }] },
    ],
  },
  {
    label: 'Dust',
    situation: 'A few cents on either side, where rounding shows.',
    steps: [
      supply('WETH', '0.00002'),
      { kind: 'borrowTo', healthFactor: '1.8', debts: [{ asset: 'USDC', percent: 100 }] },
    ],
  },
  {
    label: 'Hair above 1',
    situation: 'Two per cent from liquidation.',
    steps: [
      supply('WETH', '52'),
      { kind: 'borrowTo', healthFactor: '1.05', debts: [{ asset: 'USDC', percent: 100 }] },
      { kind: 'withdrawTo', healthFactor: '1.02', asset: 'WETH' },
    ],
  },
  {
    label: 'Both venues, ETH long',
    situation: 'Several legs on Aave and a vault on Morpho, all of them hurt by a falling ether.',
    steps: [
      supply('WETH', '40'),
      supply('weETH', '12'),
      supply('LINK', '2500'),
      {
        kind: 'borrowTo',
        healthFactor: '1.56',
        debts: [
          { asset: 'USDC', percent: 50 },
          { asset: 'USDT', percent: 35 },
          { asset: 'LINK', percent: 15 },
        ],
      },
      { kind: 'morphoSupplyCollateral', market: 'wstETH/USDC', amount: '24' },
      { kind: 'morphoBorrowTo', market: 'wstETH/USDC', healthFactor: '1.38' },
    ],
  },
  {
    label: 'Both venues, BTC long, ETH short',
    situation: 'A bitcoin vault on Morpho and borrowed ether on Aave: the two can fail in opposite markets.',
    steps: [
      supply('DAI', '60000'),
      supply('USDT', '60000'),
      { kind: 'borrowTo', healthFactor: '1.52', debts: [{ asset: 'WETH', percent: 100 }] },
      { kind: 'morphoSupplyCollateral', market: 'WBTC/USDC', amount: '1.4' },
      { kind: 'morphoBorrowTo', market: 'WBTC/USDC', healthFactor: '1.24' },
    ],
  },
];
