import 'server-only';

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Which of `count` parts a trigger belongs to, from 0: the same for ever, in every instance. FNV-1a, 32 bits, over the id's UTF-8
 * (draft-eastlake-fnv): "a" hashes to 0xe40c292c, which of 8 is part 4.
 */
export function shardOf(triggerId: string, count: number): number {
  let hash = FNV_OFFSET;
  for (const byte of new TextEncoder().encode(triggerId)) hash = Math.imul(hash ^ byte, FNV_PRIME);
  return (hash >>> 0) % count;
}
