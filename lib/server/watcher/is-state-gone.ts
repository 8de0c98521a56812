import 'server-only';

/**
 * What nodes say of a block or its state that they do not have any more, each in their own words: geth, Nethermind, Erigon, Reth, Besu, anvil, and
 * hosts without an archive.
 */
const GONE =
  /missing trie node|header (for hash )?not found|block not found|unknown block|block ?out ?of ?range|pruned|pruning|historical state|no state available|world state unavailable|state (0x[0-9a-f]+ )?(is )?(not available|unavailable)|archive (state|node|data)/i;

const tell = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/**
 * Whether a node says that it has let go of a block or its state: asked again, it will not have it. Of anything else (it is away, takes too long,
 * refuses for now) the contrary is assumed. Example: `missing trie node 7f…` is gone, `HTTP status 500` is not.
 */
export function isStateGone(cause: unknown): boolean {
  for (let each = cause; each !== undefined; each = each instanceof Error ? each.cause : undefined) {
    if (GONE.test(tell(each))) return true;
  }
  return false;
}
