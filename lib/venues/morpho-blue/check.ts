import { BaseError, type Client, decodeErrorResult, encodeFunctionData, type Hex } from 'viem';
import type { Address } from '@/lib/domain/asset';
import type { ChainConfig } from '@/lib/domain/chain';
import { ChainUnavailableError, VenueReadError } from '@/lib/domain/errors';
import type { ChainCheck } from '@/lib/domain/position';
import { parseBigint } from '../answers';
import { readMany } from '../read-many';
import type { ContractRead } from '../reader';
import { morphoAbi, oracleAbi } from './abi';
import { accrueInterest } from './accrual';
import { parseUser } from './answers';
import { decodeAccrual } from './decode';
import { computeBorrowed, computeHealth } from './health';
import { computeOracleFactors, computePriceFromFactors } from './oracle-price';
import { planAccrual, planRate } from './plan';
import type { MorphoPosition } from './state';

/** What `liquidate` said: refused because healthy, past the health check, or failed before it could tell. */
export type LiquidationVerdict = 'healthy' | 'liquidatable' | 'undecided';

/** Outcome of an `eth_call`: what it returned, or the data it reverted with. */
export type CallOutcome = { readonly ok: true; readonly data: Hex } | { readonly ok: false; readonly data: Hex };

const HEALTHY_POSITION = 'position is healthy';
/** `ErrorsLib.sol`: moving the tokens comes after the health check, so failing there means the position is not healthy. */
const AFTER_HEALTH_CHECK: readonly string[] = [
  'no code',
  'transfer reverted',
  'transfer returned false',
  'transferFrom reverted',
  'transferFrom returned false',
];

/** The call that asks Morpho whether a position is liquidatable: to liquidate it for a single borrow share. */
export function encodeLiquidation(position: Pick<MorphoPosition, 'market' | 'owner'>): Hex {
  return encodeFunctionData({
    abi: morphoAbi,
    functionName: 'liquidate',
    args: [position.market.params, position.owner, 0n, 1n, '0x'],
  });
}

/**
 * What Morpho's answer to that call means. It reverts with "position is healthy" exactly when healthy; it succeeds, or fails at moving
 * tokens that the caller does not have, when not. Any other revert (an oracle that fails, arithmetic at a price of 0) decides nothing.
 */
export function parseVerdict(outcome: CallOutcome): LiquidationVerdict {
  if (outcome.ok) return 'liquidatable';
  try {
    const { errorName, args } = decodeErrorResult({ abi: [], data: outcome.data });
    const reason = errorName === 'Error' ? String(args?.[0]) : '';
    if (reason === HEALTHY_POSITION) return 'healthy';
    return AFTER_HEALTH_CHECK.includes(reason) ? 'liquidatable' : 'undecided';
  } catch {
    return 'undecided';
  }
}

/** The data a call reverted with, out of viem's nested errors; `undefined` when the error is another one. */
function findRevertData(error: unknown): Hex | undefined {
  if (!(error instanceof BaseError)) return undefined;
  let found: Hex | undefined;
  error.walk((cause) => {
    const { data } = cause as { readonly data?: unknown };
    if (typeof data === 'string' && data.startsWith('0x')) found = data as Hex;
    return found !== undefined;
  });
  return found;
}

async function call(client: Client, to: Address, data: Hex, blockHash: Hex): Promise<CallOutcome> {
  try {
    return { ok: true, data: await client.request({ method: 'eth_call', params: [{ to, data }, { blockHash }] }) };
  } catch (cause) {
    const data = findRevertData(cause);
    if (data !== undefined) return { ok: false, data };
    throw new ChainUnavailableError('CHECK_CALL', 'The chain did not answer the check.', {
      inputs: { to, blockHash },
      nextStep: 'Try again: the next check is made at the newest block.',
      cause,
    });
  }
}

type Figure = ChainCheck['figures'][number];

const compare = (name: string, contract: bigint, ours: bigint): Figure => ({
  name,
  contract,
  ours,
  unitsOff: ours > contract ? ours - contract : contract - ours,
});

/**
 * Asks the contracts about a position at its own block and puts our figures beside theirs: whether `liquidate` refuses, the raw position,
 * the oracle's price against its feeds, and the market's debt after `accrueInterest` against our accrual of the stored totals.
 *
 * A figure the contract does not decide (its oracle fails) is left out. Errors: `ChainUnavailableError` CHECK_CALL when the node does not
 * answer, `VenueReadError` CHECK_ANSWER when it does not know the position's market at that block.
 */
export async function checkMorphoPosition(
  client: Client,
  config: Pick<ChainConfig, 'multicall3'>,
  position: MorphoPosition,
): Promise<ChainCheck> {
  const { market, owner, block } = position;
  const contract = market.contract;
  const calldata = encodeLiquidation(position);
  const ask = (reads: readonly ContractRead[]) => readMany(client, config.multicall3, reads, block);
  const [outcome, [accrualAnswer, userAnswer, priceAnswer]] = await Promise.all([
    call(client, contract, calldata, block.hash),
    ask([
      planAccrual(contract, config.multicall3, market),
      { address: contract, abi: morphoAbi, functionName: 'position', args: [market.id, owner] },
      { address: market.params.oracle, abi: oracleAbi, functionName: 'price' },
    ]),
  ]);
  const accrual = decodeAccrual(accrualAnswer);
  const user = parseUser(userAnswer);
  if (!accrual || !user) {
    throw new VenueReadError('CHECK_ANSWER', 'Morpho did not tell the position or its market at this block.', {
      inputs: { market: market.id, owner, block: block.number },
    });
  }
  const [rateAnswer] = await ask([planRate(market, accrual.stored)]);
  const ours = accrueInterest(accrual.stored, parseBigint(rateAnswer) ?? 0n, block.timestampSeconds);
  const price = parseBigint(priceAnswer);

  const figures: Figure[] = [];
  const verdict = parseVerdict(outcome);
  if (verdict !== 'undecided' && price !== undefined) {
    const borrowed = computeBorrowed(position.borrowShares, ours);
    const { liquidatable } = computeHealth(position, borrowed, price, market.params.lltv);
    const theirs = verdict === 'liquidatable';
    figures.push({
      name: 'liquidatable',
      contract: theirs,
      ours: liquidatable,
      unitsOff: theirs === liquidatable ? 0n : 1n,
    });
  }
  figures.push(compare('collateral', user.collateral, position.collateral));
  figures.push(compare('borrowShares', user.borrowShares, position.borrowShares));
  figures.push(compare('totalBorrowAssets', accrual.accrued.totalBorrowAssets, ours.totalBorrowAssets));
  const { parts } = market.oracle;
  const factors = parts && computeOracleFactors(parts);
  if (parts && factors?.known && price !== undefined) {
    figures.push(compare('oraclePrice', price, computePriceFromFactors(parts.scaleFactor, factors.value)));
  }
  return {
    blockHash: block.hash,
    blockNumber: block.number,
    contract,
    functionName: 'liquidate',
    calldata,
    answer: outcome.data,
    figures,
  };
}
