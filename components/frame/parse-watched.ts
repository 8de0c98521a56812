import { type Address, parseAddress } from '@/lib/domain/asset';

/** The link's list of addresses, each once however it is written, and what in it is none, each once. In the link's order. */
export function parseWatched(texts: readonly string[]): {
  readonly addresses: readonly Address[];
  readonly invalid: readonly string[];
} {
  const addresses = new Set<Address>();
  const invalid = new Set<string>();
  for (const text of texts) {
    try {
      addresses.add(parseAddress(text));
    } catch {
      invalid.add(text);
    }
  }
  return { addresses: [...addresses], invalid: [...invalid] };
}
