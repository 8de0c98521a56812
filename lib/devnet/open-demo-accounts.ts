import type { Address } from 'viem';
import { formatDecimal, parseDecimal } from '@/lib/units/decimal';
import { DEMO_ACCOUNTS, type DemoAccount, type DemoStep } from './demo-accounts';
import { findAsset, findMorphoMarket } from './deploy/deployment';
import { DevnetTransactionError } from './devnet-error';
import { type Operation, type OperationContext, runOperation } from './operations';
import { type AssetSymbol, findReserve } from './parameters';
import { demoAddress } from './roles';

const WAD = 10n ** 18n;

export interface OpenedAccount {
  readonly address: Address;
  readonly label: string;
  readonly situation: string;
}

interface AccountData {
  readonly collateralBase: bigint;
  readonly debtBase: bigint;
  readonly thresholdBps: bigint;
}

async function readAccountData(context: OperationContext, account: Address): Promise<AccountData> {
  const [collateralBase = 0n, debtBase = 0n, , thresholdBps = 0n] = await context.operator.read<readonly bigint[]>({
    address: context.deployment.aave.pool,
    abi: context.artifacts.PoolInstance.abi,
    functionName: 'getUserAccountData',
    args: [account],
  });
  return { collateralBase, debtBase, thresholdBps };
}

const readAssetPrice = (context: OperationContext, symbol: AssetSymbol): Promise<bigint> =>
  context.operator.read<bigint>({
    address: context.deployment.aave.oracle,
    abi: context.artifacts.AaveOracle.abi,
    functionName: 'getAssetPrice',
    args: [findAsset(context.deployment, symbol).address],
  });

/** Token units worth `valueBase` (8 decimals) at `price`, floored. */
const toTokenUnits = (valueBase: bigint, price: bigint, decimals: number): bigint =>
  (valueBase * 10n ** BigInt(decimals)) / price;

async function sizeBorrow(
  context: OperationContext,
  account: Address,
  step: Extract<DemoStep, { kind: 'borrowTo' }>,
): Promise<readonly Operation[]> {
  const { collateralBase, debtBase, thresholdBps } = await readAccountData(context, account);
  const wanted = (collateralBase * thresholdBps * WAD) / (10_000n * parseDecimal(step.healthFactor, 18)) - debtBase;
  return Promise.all(
    step.debts.map(async ({ asset, percent }): Promise<Operation> => {
      const { decimals } = findReserve(asset);
      const units = toTokenUnits((wanted * BigInt(percent)) / 100n, await readAssetPrice(context, asset), decimals);
      return { kind: 'borrow', asset, amount: formatDecimal(units, decimals) };
    }),
  );
}

/** Exact only where the asset is the account's sole collateral, as it is where this step is used. */
async function sizeWithdrawal(
  context: OperationContext,
  account: Address,
  step: Extract<DemoStep, { kind: 'withdrawTo' }>,
): Promise<readonly Operation[]> {
  const { collateralBase, debtBase, thresholdBps } = await readAccountData(context, account);
  const kept = (debtBase * 10_000n * parseDecimal(step.healthFactor, 18)) / (thresholdBps * WAD);
  const { decimals } = findReserve(step.asset);
  const units = toTokenUnits(collateralBase - kept, await readAssetPrice(context, step.asset), decimals);
  return [{ kind: 'withdraw', asset: step.asset, amount: formatDecimal(units, decimals) }];
}

async function sizeMorphoBorrow(
  context: OperationContext,
  account: Address,
  step: Extract<DemoStep, { kind: 'morphoBorrowTo' }>,
): Promise<readonly Operation[]> {
  const { operator, artifacts, deployment } = context;
  const market = findMorphoMarket(deployment, step.market);
  const [, , collateral = 0n] = await operator.read<readonly bigint[]>({
    address: deployment.morpho.address,
    abi: artifacts.Morpho.abi,
    functionName: 'position',
    args: [market.id, account],
  });
  const price = await operator.read<bigint>({
    address: market.oracle,
    abi: artifacts.MorphoFeedOracle.abi,
    functionName: 'price',
  });
  const limit = (((collateral * price) / 10n ** 36n) * BigInt(market.lltv)) / WAD;
  const units = (limit * WAD) / parseDecimal(step.healthFactor, 18);
  const loan = findReserve(step.market.split('/')[1] as AssetSymbol);
  return [{ kind: 'morphoBorrow', market: step.market, amount: formatDecimal(units, loan.decimals) }];
}

async function sizeStep(context: OperationContext, account: Address, step: DemoStep): Promise<readonly Operation[]> {
  switch (step.kind) {
    case 'borrowTo':
      return sizeBorrow(context, account, step);
    case 'withdrawTo':
      return sizeWithdrawal(context, account, step);
    case 'morphoBorrowTo':
      return sizeMorphoBorrow(context, account, step);
    default:
      return [step];
  }
}

async function openDemoAccount(context: OperationContext, address: Address, account: DemoAccount): Promise<void> {
  for (const step of account.steps) {
    for (const operation of await sizeStep(context, address, step)) await runOperation(context, address, operation);
  }
}

/** Who the demo accounts are, opened or not: their addresses never change. */
export const listDemoAccounts = (): readonly OpenedAccount[] =>
  DEMO_ACCOUNTS.map(({ label, situation }, n) => ({ address: demoAddress(n), label, situation }));

/**
 * Opens all demo accounts by real transactions at the oracle prices of the moment; debts are sized by them, so every account has its
 * situation whatever the market did. Needs liquidity to be supplied and a chain that mines each transaction at once.
 *
 * With `report`, an account that a venue refuses at these prices is reported and left as far as it came; without, a refusal throws.
 */
export async function openDemoAccounts(context: OperationContext, report?: (message: string) => void): Promise<void> {
  for (const [n, account] of DEMO_ACCOUNTS.entries()) {
    try {
      await openDemoAccount(context, demoAddress(n), account);
    } catch (error) {
      if (report === undefined || !(error instanceof DevnetTransactionError)) throw error;
      report(`demo account "${account.label}" is incomplete: ${error.message}`);
    }
  }
}
