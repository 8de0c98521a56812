import type { Client } from 'viem';
import type { Address, Hash } from '@/lib/domain/asset';
import type { ChainConfig } from '@/lib/domain/chain';
import { BallastError, ChainUnavailableError } from '@/lib/domain/errors';
import type { ChainCheck, PositionBase } from '@/lib/domain/position';
import { computeCheckFigures, planCheck } from './aave-v3/check';
import type { AavePosition } from './aave-v3/state';
import { checkMorphoPosition } from './morpho-blue/check';
import type { Position, VenueId } from './registry';

/** Asks a venue's own contract about a position at the position's own block, and puts our figures beside its answer. */
export type VenueCheck<P extends PositionBase<VenueId>> = (
  client: Client,
  config: ChainConfig,
  position: P,
) => Promise<ChainCheck>;

/** `eth_call` at a block named by its hash (EIP-1898). */
interface EthCall {
  Method: 'eth_call';
  Parameters: readonly [{ readonly to: Address; readonly data: `0x${string}` }, { readonly blockHash: Hash }];
  ReturnType: `0x${string}`;
}

const checkAave: VenueCheck<AavePosition> = async (client, _config, position) => {
  const { block } = position;
  const plan = planCheck(position);
  const answer = await client.request<EthCall>({
    method: 'eth_call',
    params: [{ to: plan.contract, data: plan.calldata }, { blockHash: block.hash }],
  });
  const figures = computeCheckFigures(position, answer);
  return { ...plan, blockHash: block.hash, blockNumber: block.number, answer, figures };
};

/** Every venue's check, one line each. */
const venueChecks: { readonly [V in VenueId]: VenueCheck<Extract<Position, PositionBase<V>>> } = {
  'aave-v3': checkAave,
  'morpho-blue': checkMorphoPosition,
};

/**
 * Asks the contract about a position, at the block the position was read at: its figures beside ours, and the difference in units of the
 * last place. Anyone can repeat it from what it returns.
 *
 * Errors: `ChainUnavailableError` CHECK_CALL when the node gives no answer, a reverted call included; `VenueReadError` when the answer
 * makes no sense.
 */
export async function checkPosition(client: Client, config: ChainConfig, position: Position): Promise<ChainCheck> {
  // The key and the check are tied by the record above; TypeScript cannot follow that through a union.
  const check = venueChecks[position.venue] as unknown as VenueCheck<Position>;
  try {
    return await check(client, config, position);
  } catch (cause) {
    if (cause instanceof BallastError) throw cause;
    throw new ChainUnavailableError(
      'CHECK_CALL',
      (cause as { readonly shortMessage?: string }).shortMessage ?? 'The chain did not answer the check.',
      {
        inputs: { position: position.id, block: position.block.number },
        nextStep: 'Try again: the next check is made at the newest block.',
        cause,
      },
    );
  }
}
