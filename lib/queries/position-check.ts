import { mutationOptions } from '@tanstack/react-query';
import type { ChainConfig } from '@/lib/domain/chain';
import type { ChainCheck } from '@/lib/domain/position';
import type { Position } from '@/lib/venues/registry';
import { loadLiveClient } from './book-query';

/** Mutation options for "check on chain": made anew each time it is asked for, its code loaded with the first. */
export const positionCheckOptions = (config: ChainConfig) =>
  mutationOptions({
    mutationFn: async (position: Position): Promise<ChainCheck> => {
      const [{ client }, { checkPosition }] = await Promise.all([
        loadLiveClient(config),
        import('@/lib/venues/checks'),
      ]);
      return checkPosition(client, config, position);
    },
  });
