import type { AavePosition } from '@/lib/venues/aave-v3/state';
import { createPositionsReader } from '@/lib/venues/read-positions';
import { BenchmarkError } from './benchmark';
import type { SeededChain } from './seeded-chain';

/** The accounts of the seeded chain as the product's own reader gives them. Errors: `BenchmarkError` WRONG_ANSWER where one has no position. */
export async function readAavePositions(seeded: SeededChain): Promise<readonly AavePosition[]> {
  const { morpho, ...aaveOnly } = seeded.config;
  const reader = createPositionsReader(seeded.connect().client, aaveOnly);
  const { identity, block, accounts } = seeded;
  const { owners } = await reader.read({ identity, block, owners: accounts });
  return owners.flatMap(({ owner, positions }) => {
    const found = positions.find((position): position is AavePosition => position.venue === 'aave-v3');
    if (!found) throw new BenchmarkError('WRONG_ANSWER', `The reader found no position of ${owner}.`);
    return [found];
  });
}
