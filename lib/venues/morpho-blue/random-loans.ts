import type { Address } from 'viem';
import type { DeployedMorphoMarket } from '@/lib/devnet/deploy/deployment';
import { WAD } from '@/lib/units/fixed';
import { ceilDiv } from '@/lib/units/rounding';
import { parseBigint } from '../answers';
import { between, powerOfTen, type Random, scale } from '../random-draws';
import { readMany } from '../read-many';
import { morphoAbi } from './abi';
import { accrueInterest } from './accrual';
import { parseTotals, parseUser, type UserAnswer } from './answers';
import { ORACLE_PRICE_SCALE } from './health';
import { planRate } from './plan';
import { type MorphoBench, paramsOf, readPositions } from './random-positions';
import type { MarketTotals, MorphoPosition } from './state';

/** Random loans on a test chain of which something is to be done, and the state that a transaction in the next block will meet. */

const SPOT = { wstETH: 3_600n * 10n ** 8n, WBTC: 95_000n * 10n ** 8n, WETH: 3_000n * 10n ** 8n, USDC: 10n ** 8n };
const LENT = 10n ** 30n;
const NINETY_DAYS = 90 * 86_400;
/** Debts up to so many loan units are dust: a thousandth of a USDC. */
export const DUST_UNITS = 1_000n;

export interface Loan {
  readonly owner: Address;
  readonly market: DeployedMorphoMarket;
}

const writeMorpho = (bench: MorphoBench, from: Address, functionName: string, args: readonly unknown[]) =>
  bench.chain.operator.write(from, {
    address: bench.chain.deployment.morpho.address,
    abi: bench.chain.artifacts.Morpho.abi,
    functionName,
    args,
  });

async function openLoan(bench: MorphoBench, random: Random, { owner, market }: Loan): Promise<void> {
  const { chain, whale } = bench;
  const { abi } = chain.artifacts.MorphoFeedOracle;
  const price = await chain.operator.read<bigint>({ address: market.oracle, abi, functionName: 'price' });
  const params = paramsOf(market);
  const largest = market.name === 'wstETH/WETH' ? 23 : 14;
  const debt = random() < 0.25 ? powerOfTen(random, 0, 2.99) : powerOfTen(random, 3, largest);
  // Enough for the debt, two units of rounding and the contract's two floors.
  const needed = ceilDiv((debt + 2n) * WAD, params.lltv) + 1n;
  const collateral = scale(ceilDiv(needed * ORACLE_PRICE_SCALE, price), between(random, 1, 1.4)) + 1n;
  await writeMorpho(bench, whale, 'supplyCollateral', [params, collateral, owner, '0x']);
  await writeMorpho(bench, owner, 'borrow', [params, debt, 0n, owner, owner]);
  if (random() < 0.1) await writeMorpho(bench, whale, 'supply', [params, powerOfTen(random, 3, 12), 0n, owner, '0x']);
}

/** Sets what part of the market is borrowed, in a quarter of the cases all but a unit, by withdrawing what the whale lends beyond that. */
async function setUtilisation(bench: MorphoBench, random: Random, market: DeployedMorphoMarket): Promise<void> {
  const draw = random();
  const target = draw < 0.25 ? 1 : draw < 0.5 ? between(random, 0.9, 1) : between(random, 0.05, 0.9);
  const { totals } = await readStored(bench, { owner: bench.whale, market });
  const excess = totals.totalSupplyAssets - scale(totals.totalBorrowAssets, 1 / target) - 1n;
  const withdrawn = excess < LENT ? excess : LENT - 1n;
  if (withdrawn > 0n) {
    await writeMorpho(bench, bench.whale, 'withdraw', [paramsOf(market), withdrawn, 0n, bench.whale, bench.whale]);
  }
}

/**
 * Opens loans of all sizes, one owner each, in all markets by turns: random prices and fees, a quarter of them dust, utilisation up to all
 * that is lent, then up to ninety days of interest. What is lent to a market stands against its loans, so the last one to repay empties it.
 */
export async function openRandomLoans(
  bench: MorphoBench,
  random: Random,
  plan: { readonly loans: number; readonly firstAddress: number },
): Promise<{ readonly loans: readonly Loan[]; readonly elapsedSeconds: number }> {
  const { chain, whale } = bench;
  const { markets } = chain.deployment.morpho;
  for (const symbol of ['wstETH', 'WBTC', 'WETH', 'USDC'] as const) {
    await chain.setPrice(symbol, (SPOT[symbol] * powerOfTen(random, 10, 14)) / 10n ** 12n);
  }
  for (const market of markets) {
    const fee = scale(WAD, between(random, 0.001, 0.25));
    if (random() < 0.5) await writeMorpho(bench, chain.roles.deployer, 'setFee', [paramsOf(market), fee]);
    await writeMorpho(bench, whale, 'supply', [paramsOf(market), LENT, 0n, whale, '0x']);
  }
  const loans: Loan[] = [];
  for (let index = 0; index < plan.loans; index++) {
    const market = markets[index % markets.length];
    if (!market) throw new Error('There is no such market.');
    const loan = { owner: chain.newAddress(plan.firstAddress + index), market };
    await openLoan(bench, random, loan);
    loans.push(loan);
  }
  for (const market of markets) await setUtilisation(bench, random, market);
  const elapsedSeconds = Math.floor(between(random, 0, NINETY_DAYS));
  if (elapsedSeconds > 0) await chain.warp(elapsedSeconds);
  return { loans, elapsedSeconds };
}

export interface StoredLoan {
  readonly user: UserAnswer;
  readonly totals: MarketTotals;
}

/** What the contract stores of a loan and its market, without interest since the last update. */
export async function readStored(bench: MorphoBench, { owner, market }: Loan): Promise<StoredLoan> {
  const { address } = bench.chain.deployment.morpho;
  const [userAnswer, totalsAnswer] = await readMany(bench.client, bench.config.multicall3, [
    { address, abi: morphoAbi, functionName: 'position', args: [market.id, owner] },
    { address, abi: morphoAbi, functionName: 'market', args: [market.id] },
  ]);
  const [user, totals] = [parseUser(userAnswer), parseTotals(totalsAnswer)];
  if (!user || !totals) throw new Error('Morpho tells a position and its market.');
  return { user, totals };
}

/** The loan as a transaction in the next block will find it: a second later, interest accrued by our own arithmetic. */
export async function readAtNextBlock(bench: MorphoBench, loan: Loan): Promise<MorphoPosition> {
  const { owners } = await readPositions(bench, [loan.owner]);
  const position = owners[0]?.positions.find(({ market }) => market.id === loan.market.id);
  if (!position) throw new Error(`The loan of ${loan.owner} is read.`);
  const { totals } = await readStored(bench, loan);
  const rateAnswers = await readMany(bench.client, bench.config.multicall3, [planRate(position.market, totals)]);
  const rate = parseBigint(rateAnswers[0]);
  if (rate === undefined) throw new Error('The rate model answers.');
  const timestampSeconds = position.block.timestampSeconds + 1;
  return {
    ...position,
    block: { ...position.block, number: position.block.number + 1n, timestampSeconds },
    market: { ...position.market, totals: accrueInterest(totals, rate, timestampSeconds) },
  };
}

/** What the contract will store of a position that looks so. */
export const toStored = ({ supplyShares, borrowShares, collateral, market }: MorphoPosition): StoredLoan => ({
  user: { supplyShares, borrowShares, collateral },
  totals: market.totals,
});
