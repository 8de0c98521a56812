import { type Position, rulesOf } from '@/lib/venues/registry';
import type { World } from './world';

type Reading = Pick<World, 'positions' | 'readOwners' | 'unread' | 'nameOwner'>;

const describePosition = (position: Position): string =>
  `${position.id} ${[
    ...new Set(
      rulesOf(position)
        .listLegs(position)
        .map(({ asset }) => asset.id),
    ),
  ].join(',')}`;

function describeOwners({ positions, readOwners, unread, nameOwner }: Reading): Map<string, string> {
  const described = new Map<string, string>();
  for (const owner of readOwners) described.set(owner, `read "${nameOwner(owner)}"`);
  for (const [owner, { code, text }] of unread) described.set(owner, `${described.get(owner) ?? ''} ${code} ${text}`);
  for (const position of positions.values()) {
    const owner = position.owner.toLowerCase();
    described.set(owner, `${described.get(owner) ?? ''}\n${describePosition(position)}`);
  }
  return described;
}

/**
 * Of whom something changed that subjects are planned by: which positions there are and of which assets, whether they were read, and what their owner is
 * called; amounts and prices are none of it. So most blocks change nothing here.
 */
export class SeenOwners {
  private last: World['positions'] | undefined;
  private described = new Map<string, string>();

  /** Owners in lower case who differ from the call before; at first all. Cheap for the reading that was given last. */
  update(reading: Reading): ReadonlySet<string> {
    if (this.last === reading.positions) return new Set();
    this.last = reading.positions;
    const before = this.described;
    this.described = describeOwners(reading);
    const changed = [...this.described].filter(([owner, text]) => before.get(owner) !== text).map(([owner]) => owner);
    const gone = [...before.keys()].filter((owner) => !this.described.has(owner));
    return new Set([...changed, ...gone]);
  }
}
