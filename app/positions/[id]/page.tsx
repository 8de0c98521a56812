import type { Metadata } from 'next';
import { PositionIsland } from '@/components/position/position-island';
import type { Address } from '@/lib/domain/asset';
import { InvalidInputError } from '@/lib/domain/errors';
import { parsePositionId } from '@/lib/queries/position-id';
import { readFirstPaint } from '@/lib/server/snapshot';

export const metadata: Metadata = { title: 'One position' };

/** Whose positions the first paint needs; nobody's where the link cannot be read, which the screen then says. */
function readOwner(id: string): readonly Address[] {
  try {
    return [parsePositionId(id).owner];
  } catch (cause) {
    if (cause instanceof InvalidInputError) return [];
    throw cause;
  }
}

export default async function PositionPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  const { reading } = await readFirstPaint(readOwner(id));
  return <PositionIsland idText={id} first={reading} />;
}
