import * as z from 'zod/mini';
import { policy } from '@/lib/config/policy';
import type { Address } from '@/lib/domain/asset';
import { decodeJson } from '@/lib/domain/codec';

/** An address kept on this device, with the name its reader gave it. */
export interface WatchEntry {
  readonly address: Address;
  readonly label: string | undefined;
}

const address = z.string().check(z.regex(/^0x[0-9a-f]{40}$/));
const schema = z.object({
  version: z.literal(1),
  entries: z
    .array(z.object({ address, label: z.optional(z.string().check(z.maxLength(60))) }))
    .check(z.maxLength(policy.demo.maxWatched)),
});

/** The watch list from its kept text; `undefined` where that is anything else than what the watch store keeps. */
export function parseKeptWatchList(text: string): readonly WatchEntry[] | undefined {
  try {
    const parsed = schema.safeParse(decodeJson(text));
    if (!parsed.success) return undefined;
    return parsed.data.entries.map((entry) => ({ address: entry.address as Address, label: entry.label }));
  } catch {
    return undefined;
  }
}
