import {
  type Abi,
  type Address,
  decodeEventLog,
  encodeFunctionData,
  type Hash,
  type Hex,
  keccak256,
  parseAbi,
  stringToHex,
} from 'viem';
import type { Receipt, Transaction } from './chain-operator';
import type { DeployedMorphoMarket } from './deploy/deployment';
import { approveToken, mintToken, type OperationContext } from './operations';
import { RESERVES } from './parameters';
import { roles } from './roles';

const WAD = 10n ** 18n;
const MAX_UINT = 2n ** 256n - 1n;
/** Whole tokens the liquidator starts with, of each asset. */
const FUNDS = 1_000_000n;
/** More than a liquidation with several reserves needs. */
const LIQUIDATION_GAS = 4_000_000n;

/** Morpho declares its events in a library, which keeps them out of the contract's own ABI; so both venues' are named here. */
const EVENTS: Abi = parseAbi([
  'event LiquidationCall(address indexed collateralAsset, address indexed debtAsset, address indexed user, uint256 debtToCover, uint256 liquidatedCollateralAmount, address liquidator, bool receiveAToken)',
  'event Liquidate(bytes32 indexed id, address indexed caller, address indexed borrower, uint256 repaidAssets, uint256 repaidShares, uint256 seizedAssets, uint256 badDebtAssets, uint256 badDebtShares)',
]);
/** The account that owes stands third in both. */
const BORROW_EVENTS = [
  'Borrow(address,address,address,uint256,uint8,uint256,uint16)',
  'Borrow(bytes32,address,address,address,uint256,uint256)',
].map((signature) => keccak256(stringToHex(signature)));

export interface Liquidation {
  readonly venue: 'aave-v3' | 'morpho-blue';
  readonly account: Address;
  readonly collateralAsset: Address;
  readonly debtAsset: Address;
  /** Token units, decimal strings; from the contract's own event. */
  readonly repaid: string;
  readonly seized: string;
  readonly transactionHash: Hash;
  readonly blockNumber: string;
  /** Of its block. */
  readonly timestampSeconds: number;
}

/** A liquidation that the contract would accept at the latest block, ready to be sent. */
export interface PlannedLiquidation {
  readonly venue: Liquidation['venue'];
  readonly account: Address;
  readonly transaction: Transaction;
}

/** Gives the liquidator funds of its own and lets both venues take them, once after deployment. */
export async function fundLiquidator(context: OperationContext): Promise<void> {
  for (const { symbol, decimals } of RESERVES) {
    await mintToken(context, symbol, roles.liquidator, FUNDS * 10n ** BigInt(decimals));
    for (const venue of [context.deployment.aave.pool, context.deployment.morpho.address]) {
      await approveToken(context, symbol, roles.liquidator, venue, MAX_UINT);
    }
  }
}

/** Whether the contract would accept it now; asked from the contract itself. */
async function isAccepted(context: OperationContext, transaction: Transaction): Promise<boolean> {
  const { from, to, data } = transaction;
  try {
    await context.operator.request('eth_call', [
      { from, to, data, gas: `0x${LIQUIDATION_GAS.toString(16)}` },
      'latest',
    ]);
    return true;
  } catch {
    return false;
  }
}

async function findAccepted(
  context: OperationContext,
  transactions: readonly Transaction[],
): Promise<Transaction | undefined> {
  for (const transaction of transactions) {
    if (await isAccepted(context, transaction)) return transaction;
  }
  return undefined;
}

const buildCall = (to: Address, abi: Abi, functionName: string, args: readonly unknown[]): Transaction => ({
  from: roles.liquidator,
  to,
  data: encodeFunctionData({ abi, functionName, args: [...args] }),
  gas: LIQUIDATION_GAS,
});

interface Exposure {
  readonly asset: Address;
  readonly collateralBase: bigint;
  readonly debtBase: bigint;
}

/** What the account has and owes per reserve, in the base currency: only to try large legs first, so rough is enough. */
async function readExposures(context: OperationContext, account: Address): Promise<readonly Exposure[]> {
  const { operator, artifacts, deployment } = context;
  const exposures: Exposure[] = [];
  for (const asset of deployment.assets) {
    const data = await operator.read<readonly (bigint | boolean)[]>({
      address: deployment.aave.protocolDataProvider,
      abi: artifacts.AaveProtocolDataProvider.abi,
      functionName: 'getUserReserveData',
      args: [asset.address, account],
    });
    const [supplied, owed, enabled] = [BigInt(data[0] ?? 0), BigInt(data[2] ?? 0), data[8] === true];
    if (supplied === 0n && owed === 0n) continue;
    const price = await operator.read<bigint>({
      address: deployment.aave.oracle,
      abi: artifacts.AaveOracle.abi,
      functionName: 'getAssetPrice',
      args: [asset.address],
    });
    const unit = 10n ** BigInt(asset.decimals);
    exposures.push({
      asset: asset.address,
      collateralBase: enabled ? (supplied * price) / unit : 0n,
      debtBase: (owed * price) / unit,
    });
  }
  return exposures;
}

const descending = (a: bigint, b: bigint): number => (a < b ? 1 : a > b ? -1 : 0);

async function planOnAave(context: OperationContext, account: Address): Promise<PlannedLiquidation | undefined> {
  const { operator, artifacts, deployment } = context;
  const { abi } = artifacts.PoolInstance;
  const { pool } = deployment.aave;
  const data = await operator.read<readonly bigint[]>({
    address: pool,
    abi,
    functionName: 'getUserAccountData',
    args: [account],
  });
  if ((data[5] ?? MAX_UINT) >= WAD) return undefined;
  const exposures = await readExposures(context, account);
  const collaterals = exposures
    .filter((leg) => leg.collateralBase > 0n)
    .sort((a, b) => descending(a.collateralBase, b.collateralBase));
  const debts = exposures.filter((leg) => leg.debtBase > 0n).sort((a, b) => descending(a.debtBase, b.debtBase));
  // As much as the contract lets repay; some pairs are refused because they would leave dust.
  const tries = debts.flatMap((debt) =>
    collaterals.map((collateral) =>
      buildCall(pool, abi, 'liquidationCall', [collateral.asset, debt.asset, account, MAX_UINT, false]),
    ),
  );
  const transaction = await findAccepted(context, tries);
  return transaction && { venue: 'aave-v3', account, transaction };
}

async function planOnMorpho(
  context: OperationContext,
  account: Address,
  market: DeployedMorphoMarket,
): Promise<PlannedLiquidation | undefined> {
  const { operator, artifacts, deployment } = context;
  const { abi } = artifacts.Morpho;
  const { address } = deployment.morpho;
  const [, shares = 0n, collateral = 0n] = await operator.read<readonly bigint[]>({
    address,
    abi,
    functionName: 'position',
    args: [market.id, account],
  });
  if (shares === 0n) return undefined;
  const params = { ...market, lltv: BigInt(market.lltv) };
  // Whole debt first; where the collateral does not cover it with the bonus, whole collateral. Healthy positions refuse both.
  const transaction = await findAccepted(context, [
    buildCall(address, abi, 'liquidate', [params, account, 0n, shares, '0x']),
    buildCall(address, abi, 'liquidate', [params, account, collateral, 0n, '0x']),
  ]);
  return transaction && { venue: 'morpho-blue', account, transaction };
}

/** What can be liquidated at the latest block among these accounts: at most one liquidation an account and market. */
export async function planLiquidations(
  context: OperationContext,
  accounts: readonly Address[],
): Promise<readonly PlannedLiquidation[]> {
  const planned: PlannedLiquidation[] = [];
  for (const account of accounts) {
    try {
      const onAave = await planOnAave(context, account);
      if (onAave) planned.push(onAave);
    } catch {
      // A feed without a valid answer makes Aave refuse to value the account; nothing can be liquidated then.
    }
    for (const market of context.deployment.morpho.markets) {
      const onMorpho = await planOnMorpho(context, account, market);
      if (onMorpho) planned.push(onMorpho);
    }
  }
  return planned;
}

function decodeEvent(log: { readonly topics: readonly Hex[]; readonly data: Hex }) {
  try {
    const [signature, ...rest] = log.topics;
    if (signature === undefined) return undefined;
    const { args } = decodeEventLog({ abi: EVENTS, topics: [signature, ...rest], data: log.data });
    return args as unknown as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** What a mined liquidation did, from the contract's event; `undefined` when it failed, as when someone else was first. */
export function describeLiquidation(
  context: OperationContext,
  planned: PlannedLiquidation,
  receipt: Receipt,
  timestampSeconds: number,
): Liquidation | undefined {
  const { deployment } = context;
  for (const log of receipt.logs) {
    const args = decodeEvent(log);
    if (args === undefined) continue;
    const market = deployment.morpho.markets.find((candidate) => candidate.id === args.id);
    return {
      venue: planned.venue,
      account: planned.account,
      collateralAsset: `${market?.collateralToken ?? args.collateralAsset}`.toLowerCase() as Address,
      debtAsset: `${market?.loanToken ?? args.debtAsset}`.toLowerCase() as Address,
      repaid: `${args.debtToCover ?? args.repaidAssets}`,
      seized: `${args.liquidatedCollateralAmount ?? args.seizedAssets}`,
      transactionHash: receipt.transactionHash,
      blockNumber: receipt.blockNumber.toString(),
      timestampSeconds,
    };
  }
  return undefined;
}

/** Who borrowed between two blocks, both included, by the venues' own events. */
export async function readBorrowers(
  context: OperationContext,
  fromBlock: bigint,
  toBlock: bigint,
): Promise<readonly Address[]> {
  const { operator, deployment } = context;
  const logs = await operator.request<readonly { readonly topics: readonly Hex[] }[]>('eth_getLogs', [
    {
      address: [deployment.aave.pool, deployment.morpho.address],
      topics: [BORROW_EVENTS],
      fromBlock: `0x${fromBlock.toString(16)}`,
      toBlock: `0x${toBlock.toString(16)}`,
    },
  ]);
  const borrowers = new Set(logs.map(({ topics }): Address => `0x${topics[2]?.slice(-40)}`));
  borrowers.delete(roles.liquidity);
  return [...borrowers];
}
