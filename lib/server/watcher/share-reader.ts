import 'server-only';
import type { PositionsReader, ReadRequest, ReadResult } from '@/lib/venues/read-positions';

/** Blocks whose readings are kept for those who come a little later. */
const MOST = 4;

const isSame = (a: ReadRequest, b: ReadRequest): boolean =>
  a.block.hash === b.block.hash &&
  a.identity.genesisHash === b.identity.genesisHash &&
  a.owners.length === b.owners.length &&
  a.owners.every((owner, index) => owner === b.owners[index]);

/** One reading of a block for all who ask for the same owners at it. A reading that failed is asked for again. */
export function shareReader(reader: PositionsReader): PositionsReader {
  let kept: { readonly request: ReadRequest; readonly result: Promise<ReadResult> }[] = [];
  return {
    read(request) {
      const before = kept.find((each) => isSame(each.request, request));
      if (before) return before.result;
      const result = reader.read(request);
      const entry = { request, result };
      kept = [entry, ...kept].slice(0, MOST);
      result.catch(() => {
        kept = kept.filter((each) => each !== entry);
      });
      return result;
    },
  };
}
