import type { Metadata } from 'next';
import { createLoader, type SearchParams } from 'nuqs/server';
import { PositionsIsland } from '@/components/positions/positions-island';
import { policy } from '@/lib/config/policy';
import { type Address, parseAddress } from '@/lib/domain/asset';
import { InvalidInputError } from '@/lib/domain/errors';
import { readFirstPaint } from '@/lib/server/snapshot';
import { viewParsers } from '@/lib/stores/view-state';

export const metadata: Metadata = { title: 'Positions' };

const loadView = createLoader(viewParsers);

/** The addresses a link names; what is no address is said by the screen. */
function readWatched(texts: readonly string[]): readonly Address[] {
  return texts.slice(0, policy.demo.maxWatched).flatMap((text) => {
    try {
      return [parseAddress(text)];
    } catch (cause) {
      if (cause instanceof InvalidInputError) return [];
      throw cause;
    }
  });
}

export default async function PositionsPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const { watch } = await loadView(searchParams);
  const { reading } = await readFirstPaint(readWatched(watch));
  return <PositionsIsland first={reading} />;
}
