import 'server-only';
import * as z from 'zod/mini';
import type { RecordedPrices } from '@/lib/alerts/price-series';
import { policy } from '@/lib/config/policy';
import { PRICE_SOURCES } from '@/lib/triggers/subject';
import { parseRequest } from '../read-request';
import { listPrices } from '../storage/price-samples';
import type { Alerting } from './start-alerting';

const time = z.pipe(z.string().check(z.regex(/^\d{1,16}$/, 'must be a time in milliseconds')), z.transform(Number));
const query = z.object({
  asset: z.string('must be an asset’s key').check(z.minLength(1), z.maxLength(200)),
  source: z.enum(PRICE_SOURCES, `must be one of ${PRICE_SOURCES.join(', ')}`),
  from: time,
  to: time,
});

/**
 * Prices of one asset that were recorded on the chain as it is now, as many as an answer holds.
 * Errors: `InvalidInputError` REQUEST; `StorageUnavailableError`.
 */
export async function readRecordedPrices(
  { storage, reading }: Alerting,
  search: URLSearchParams,
): Promise<RecordedPrices> {
  const { asset, source, from, to } = parseRequest(query, Object.fromEntries(search));
  const genesisHash = reading()?.identity.genesisHash;
  if (!genesisHash) return { asset, source, points: [], nextFromMs: null };
  const limit = policy.alerts.mostPrices;
  const samples = await listPrices(storage.db, { genesisHash, asset, source, fromMs: from, toMs: to, limit });
  const last = samples.at(-1);
  return {
    asset,
    source,
    points: samples.map(({ atMs, price }) => ({ atMs, price })),
    nextFromMs: samples.length === limit && last ? last.atMs + 1 : null,
  };
}
