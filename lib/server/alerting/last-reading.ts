import 'server-only';
import type { PositionsReader, ReadResult } from '@/lib/venues/read-positions';

/** A reader that remembers the newest of what it read. */
export interface RememberingReader extends PositionsReader {
  latest(): ReadResult | undefined;
}

/** Remembers the reading of the highest block, for whoever wants to name what was read without reading again. */
export function rememberReading(reader: PositionsReader): RememberingReader {
  let latest: ReadResult | undefined;
  return {
    async read(request) {
      const result = await reader.read(request);
      const isOtherChain = latest?.identity.genesisHash !== result.identity.genesisHash;
      if (!latest || isOtherChain || result.block.number >= latest.block.number) latest = result;
      return result;
    },
    latest: () => latest,
  };
}
