import type { Abi, Address } from 'viem';
import { parseDecimal } from '@/lib/units/decimal';
import type { Artifacts } from './artifacts';
import type { ChainOperator, Receipt } from './chain-operator';
import { type Deployment, findAsset, findMorphoMarket } from './deploy/deployment';
import { DevnetTransactionError } from './devnet-error';
import { type AssetSymbol, findReserve, type MorphoMarketName } from './parameters';
import { roles } from './roles';

/** Variable-rate debt, the only kind Aave v3.6 has. */
const VARIABLE_RATE = 2n;

/** What an account does on a venue, as data. Amounts are whole tokens as decimal strings ("12.5"). */
export type Operation =
  | { readonly kind: 'supply'; readonly asset: AssetSymbol; readonly amount: string }
  | { readonly kind: 'borrow'; readonly asset: AssetSymbol; readonly amount: string }
  | { readonly kind: 'repay'; readonly asset: AssetSymbol; readonly amount: string }
  | { readonly kind: 'withdraw'; readonly asset: AssetSymbol; readonly amount: string }
  | { readonly kind: 'setEMode'; readonly category: number }
  | { readonly kind: 'setCollateral'; readonly asset: AssetSymbol; readonly enabled: boolean }
  | { readonly kind: 'morphoSupply'; readonly market: MorphoMarketName; readonly amount: string }
  | { readonly kind: 'morphoSupplyCollateral'; readonly market: MorphoMarketName; readonly amount: string }
  | { readonly kind: 'morphoWithdrawCollateral'; readonly market: MorphoMarketName; readonly amount: string }
  | { readonly kind: 'morphoBorrow'; readonly market: MorphoMarketName; readonly amount: string }
  | { readonly kind: 'morphoRepay'; readonly market: MorphoMarketName; readonly amount: string };

export interface OperationContext {
  readonly operator: ChainOperator;
  readonly artifacts: Artifacts;
  readonly deployment: Deployment;
}

/** Mints `amount` (token units) to `account`. */
export async function mintToken(
  context: OperationContext,
  symbol: AssetSymbol,
  account: Address,
  amount: bigint,
): Promise<void> {
  await context.operator.write(roles.deployer, {
    address: findAsset(context.deployment, symbol).address,
    abi: context.artifacts.TestnetERC20.abi,
    functionName: 'mint',
    args: [account, amount],
  });
}

export async function approveToken(
  context: OperationContext,
  symbol: AssetSymbol,
  account: Address,
  spender: Address,
  amount: bigint,
): Promise<void> {
  await context.operator.write(account, {
    address: findAsset(context.deployment, symbol).address,
    abi: context.artifacts.TestnetERC20.abi,
    functionName: 'approve',
    args: [spender, amount],
  });
}

/** Gives the account what it is about to pay, and lets the venue take it. */
async function fund(
  context: OperationContext,
  account: Address,
  symbol: AssetSymbol,
  spender: Address,
  amount: bigint,
): Promise<void> {
  await mintToken(context, symbol, account, amount);
  await approveToken(context, symbol, account, spender, amount);
}

async function runOnAave(
  context: OperationContext,
  account: Address,
  operation: Extract<Operation, { kind: 'supply' | 'borrow' | 'repay' | 'withdraw' | 'setEMode' | 'setCollateral' }>,
): Promise<Receipt> {
  const { operator, artifacts, deployment } = context;
  const { pool } = deployment.aave;
  const abi: Abi = artifacts.PoolInstance.abi;
  const write = (functionName: string, ...args: readonly unknown[]): Promise<Receipt> =>
    operator.write(account, { address: pool, abi, functionName, args });
  if (operation.kind === 'setEMode') return write('setUserEMode', operation.category);
  const token = findAsset(deployment, operation.asset).address;
  if (operation.kind === 'setCollateral') return write('setUserUseReserveAsCollateral', token, operation.enabled);
  const amount = parseDecimal(operation.amount, findReserve(operation.asset).decimals);
  switch (operation.kind) {
    case 'supply':
      await fund(context, account, operation.asset, pool, amount);
      return write('supply', token, amount, account, 0);
    case 'borrow':
      return write('borrow', token, amount, VARIABLE_RATE, 0, account);
    case 'repay':
      await fund(context, account, operation.asset, pool, amount);
      return write('repay', token, amount, VARIABLE_RATE, account);
    case 'withdraw':
      return write('withdraw', token, amount, account);
  }
}

async function runOnMorpho(
  context: OperationContext,
  account: Address,
  operation: Extract<Operation, { market: MorphoMarketName }>,
): Promise<Receipt> {
  const { operator, artifacts, deployment } = context;
  const morpho = deployment.morpho.address;
  const market = findMorphoMarket(deployment, operation.market);
  const params = { ...market, lltv: BigInt(market.lltv) };
  const [collateral, loan] = operation.market.split('/') as [AssetSymbol, AssetSymbol];
  const asset =
    operation.kind === 'morphoSupplyCollateral' || operation.kind === 'morphoWithdrawCollateral' ? collateral : loan;
  const amount = parseDecimal(operation.amount, findReserve(asset).decimals);
  const write = (functionName: string, ...args: readonly unknown[]): Promise<Receipt> =>
    operator.write(account, { address: morpho, abi: artifacts.Morpho.abi, functionName, args: [params, ...args] });
  switch (operation.kind) {
    case 'morphoSupply':
      await fund(context, account, asset, morpho, amount);
      return write('supply', amount, 0n, account, '0x');
    case 'morphoSupplyCollateral':
      await fund(context, account, asset, morpho, amount);
      return write('supplyCollateral', amount, account, '0x');
    case 'morphoWithdrawCollateral':
      return write('withdrawCollateral', amount, account, account);
    case 'morphoBorrow':
      return write('borrow', amount, 0n, account, account);
    case 'morphoRepay':
      await fund(context, account, asset, morpho, amount);
      return write('repay', amount, 0n, account, '0x');
  }
}

/** Does one operation as `account`, by real transactions; what it pays is minted to it first. Reverts throw `DevnetTransactionError`. */
export function runOperation(context: OperationContext, account: Address, operation: Operation): Promise<Receipt> {
  return 'market' in operation ? runOnMorpho(context, account, operation) : runOnAave(context, account, operation);
}

/**
 * What the liquidity account supplies, so that others can borrow, and borrows itself, so that rates are not nil (about three quarters of
 * ether and stablecoins). Whole tokens, well inside the caps; its own health factor is above 2, beyond any shock played here.
 */
const LIQUIDITY: readonly Operation[] = [
  { kind: 'supply', asset: 'WETH', amount: '300000' },
  { kind: 'supply', asset: 'wstETH', amount: '60000' },
  { kind: 'supply', asset: 'weETH', amount: '20000' },
  { kind: 'supply', asset: 'WBTC', amount: '30000' },
  { kind: 'supply', asset: 'USDC', amount: '900000000' },
  { kind: 'supply', asset: 'USDT', amount: '600000000' },
  { kind: 'supply', asset: 'DAI', amount: '90000000' },
  { kind: 'supply', asset: 'LINK', amount: '2000000' },
  { kind: 'supply', asset: 'USDe', amount: '200000000' },
  { kind: 'borrow', asset: 'WETH', amount: '234000' },
  { kind: 'borrow', asset: 'wstETH', amount: '7000' },
  { kind: 'borrow', asset: 'WBTC', amount: '1500' },
  { kind: 'borrow', asset: 'USDC', amount: '680000000' },
  { kind: 'borrow', asset: 'USDT', amount: '440000000' },
  { kind: 'borrow', asset: 'DAI', amount: '54000000' },
  { kind: 'borrow', asset: 'LINK', amount: '160000' },
  { kind: 'borrow', asset: 'USDe', amount: '110000000' },
  { kind: 'morphoSupply', market: 'wstETH/USDC', amount: '60000000' },
  { kind: 'morphoSupplyCollateral', market: 'wstETH/USDC', amount: '40000' },
  { kind: 'morphoBorrow', market: 'wstETH/USDC', amount: '48000000' },
  { kind: 'morphoSupply', market: 'WBTC/USDC', amount: '60000000' },
  { kind: 'morphoSupplyCollateral', market: 'WBTC/USDC', amount: '1500' },
  { kind: 'morphoBorrow', market: 'WBTC/USDC', amount: '45000000' },
  { kind: 'morphoSupply', market: 'wstETH/WETH', amount: '20000' },
  { kind: 'morphoSupplyCollateral', market: 'wstETH/WETH', amount: '30000' },
  { kind: 'morphoBorrow', market: 'wstETH/WETH', amount: '16500' },
];

/**
 * Supplies and borrows all of it. With `report`, what a venue refuses is reported and left out: at prices far from the usual the account
 * may not borrow everything, and a market with lower rates is better than none. Without, a refusal throws.
 */
export async function supplyLiquidity(context: OperationContext, report?: (message: string) => void): Promise<void> {
  for (const operation of LIQUIDITY) {
    try {
      await runOperation(context, roles.liquidity, operation);
    } catch (error) {
      if (report === undefined || !(error instanceof DevnetTransactionError)) throw error;
      report(`liquidity left out: ${error.message}`);
    }
  }
}
