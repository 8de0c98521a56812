import { encodeFunctionData } from 'viem';
import { findAsset } from '@/lib/devnet/deploy/deployment';
import type { AssetSymbol } from '@/lib/devnet/parameters';
import type { PositionChange } from '@/lib/domain/venue-actions';
import { powerOfTen, type Random, scale } from '../random-draws';
import { computeOwed, computeSupplied } from './accrual';
import { findObstacle } from './find-obstacle';
import { type AaveBench, configure } from './random-accounts';
import type { AavePosition, AaveReserve } from './state';

/** Random changes of accounts on a test chain, and reserves set so that some are refused, for chain tests. */

const MAX_UINT256 = 2n ** 256n - 1n;

/** Collateral of no mode: freezing sets an LTV of 0 there too, and leaves it when it ends. */
const FROZEN = ['USDC', 'LINK', 'USDT'] as const;
const LENDING_NOTHING = ['WBTC', 'WETH', 'LINK'] as const;

const set = (bench: AaveBench, functionName: string, symbol: AssetSymbol, ...args: readonly unknown[]) =>
  configure(bench.chain, functionName, findAsset(bench.chain.deployment, symbol).address, ...args);

/** AAVE can be borrowed, and nothing beside it; nobody has borrowed any yet. The whale has some of what it does not lend, so as to be read with it. */
export async function openSilo(bench: AaveBench): Promise<void> {
  for (const symbol of ['AAVE', 'sUSDe', 'XAUt'] as const)
    await bench.chain.supplyAave(bench.whale, symbol, 10n ** 12n);
  await set(bench, 'setSiloedBorrowing', 'AAVE', true);
  await set(bench, 'setReserveBorrowing', 'AAVE', true);
}

/** Caps of whole tokens just above what there is. */
async function tightenCaps(bench: AaveBench, market: readonly AaveReserve[]): Promise<void> {
  for (const { asset, configuration, totalSupplied, totalBorrowed } of market) {
    const unit = 10n ** BigInt(configuration.decimals);
    const symbol = asset.symbol as AssetSymbol;
    await set(bench, 'setSupplyCap', symbol, (totalSupplied ?? 0n) / unit + 3n);
    if (symbol !== 'AAVE') await set(bench, 'setBorrowCap', symbol, (totalBorrowed ?? 0n) / unit + 2n);
  }
}

/** Sets reserves so that some changes are refused, another kind of refusal each time. */
export async function hinder(bench: AaveBench, market: readonly AaveReserve[], index: number): Promise<void> {
  switch (index % 4) {
    case 0:
      await tightenCaps(bench, market);
      break;
    case 1:
      for (const symbol of FROZEN) await set(bench, 'setReserveFreeze', symbol, true);
      await set(bench, 'setReservePause', 'WETH', true);
      await set(bench, 'setReserveBorrowing', 'DAI', false);
      break;
    case 2: {
      for (const symbol of LENDING_NOTHING) await set(bench, 'setReserveLtvzero', symbol, true);
      const gold = market.find(({ asset }) => asset.symbol === 'XAUt');
      if (gold) await set(bench, 'setDebtCeiling', 'XAUt', gold.isolationModeTotalDebt + 500n);
      break;
    }
    default:
  }
}

/** Takes back what `hinder` set. */
export async function release(bench: AaveBench, market: readonly AaveReserve[], index: number): Promise<void> {
  switch (index % 4) {
    case 0:
      for (const { asset } of market) {
        await set(bench, 'setSupplyCap', asset.symbol as AssetSymbol, 0n);
        await set(bench, 'setBorrowCap', asset.symbol as AssetSymbol, 0n);
      }
      break;
    case 1:
      for (const symbol of FROZEN) {
        await set(bench, 'setReserveFreeze', symbol, false);
        await set(bench, 'setReserveLtvzero', symbol, false);
      }
      await set(bench, 'setReservePause', 'WETH', false);
      await set(bench, 'setReserveBorrowing', 'DAI', true);
      break;
    case 2:
      for (const symbol of LENDING_NOTHING) await set(bench, 'setReserveLtvzero', symbol, false);
      await set(bench, 'setDebtCeiling', 'XAUt', 10n ** 12n);
      break;
    default:
  }
}

const KINDS: readonly PositionChange['kind'][] = ['supply', 'withdraw', 'withdraw', 'borrow', 'borrow', 'repay'];

const pick = <T>(random: Random, items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];

/** What the account may borrow a unit of, and what is siloed, both more often than by chance. */
function pickBorrowed(random: Random, position: AavePosition, market: readonly AaveReserve[]) {
  const choice = random();
  if (choice < 0.1) return market.find(({ configuration }) => configuration.siloedBorrowing);
  const free = market.filter(
    ({ asset }) => !findObstacle(position, { kind: 'borrow', asset: asset.id, amount: 1n }, market),
  );
  return choice < 0.8 ? pick(random, free) : undefined;
}

/** Mostly what the account has of the kind, sometimes any reserve of the market. */
function pickReserve(
  random: Random,
  kind: PositionChange['kind'],
  position: AavePosition,
  market: readonly AaveReserve[],
) {
  const held = position.holdings.filter(({ scaledSupply, scaledDebt }) =>
    kind === 'repay' ? scaledDebt > 0n : scaledSupply > 0n,
  );
  if (kind === 'borrow') return pickBorrowed(random, position, market) ?? pick(random, market);
  const isHeld = random() < 0.85;
  return (isHeld ? pick(random, held)?.reserve : undefined) ?? pick(random, market);
}

/** An amount of the size of what there is: a part, all of it, a unit more or a single unit; a thousand dollars or so otherwise. */
function pickAmount(random: Random, there: bigint, { configuration, price }: AaveReserve): bigint {
  const some = (powerOfTen(random, 9, 13) * 10n ** BigInt(configuration.decimals)) / (price.answer ?? 1n) + 1n;
  const choice = random();
  if (there === 0n || choice < 0.2) return some;
  if (choice < 0.5) return scale(there, random()) + 1n;
  if (choice < 0.7) return there;
  return choice < 0.85 ? there + some : 1n;
}

/** A random change of the account. */
export function planChange(
  random: Random,
  position: AavePosition,
  market: readonly AaveReserve[],
): PositionChange | undefined {
  const kind = pick(random, KINDS) ?? 'supply';
  const reserve = pickReserve(random, kind, position, market);
  if (!reserve) return undefined;
  const holding = position.holdings.find((held) => held.reserve.id === reserve.id);
  const there = !holding ? 0n : kind === 'repay' ? computeOwed(holding) : computeSupplied(holding);
  return { kind, asset: reserve.asset.id, amount: pickAmount(random, there, reserve) };
}

/** Carries the change out and tells whether the contract took it. Supplies and repayments are paid by Multicall3, which has the tokens. */
export async function carryOutChange(bench: AaveBench, position: AavePosition, change: PositionChange, all: bigint) {
  const { chain, config, market } = bench;
  const asset = market.reserves.find((reserve) => reserve.asset.id === change.asset)?.asset.address;
  const { owner } = position;
  // The contract takes more than there is only by this name.
  const amount = change.kind === 'withdraw' && change.amount > all ? MAX_UINT256 : change.amount;
  const args = {
    supply: [asset, amount, owner, 0],
    withdraw: [asset, amount, owner],
    borrow: [asset, amount, 2n, 0, owner],
    repay: [asset, amount, 2n, owner],
  }[change.kind];
  const isPaid = change.kind === 'supply' || change.kind === 'repay';
  const hash = await chain.operator.submit({
    from: isPaid ? config.multicall3 : owner,
    to: chain.deployment.aave.pool,
    data: encodeFunctionData({ abi: chain.artifacts.PoolInstance.abi, functionName: change.kind, args }),
  });
  return (await chain.operator.waitForReceipt(hash)).succeeded;
}
