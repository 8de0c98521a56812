import 'server-only';
import * as z from 'zod/mini';
import type { FiringPage } from '@/lib/alerts/logged-firing';
import { policy } from '@/lib/config/policy';
import { parseRequest } from '../read-request';
import { countUnacknowledged } from '../storage/firings';
import { listLoggedFirings } from './list-logged-firings';
import type { Alerting } from './start-alerting';

const id = z.pipe(z.string().check(z.regex(/^\d{1,15}$/, 'must be the id of a firing')), z.transform(Number));
const query = z.object({
  before: z.optional(id),
  limit: z.optional(id),
  trigger: z.optional(z.string().check(z.maxLength(200))),
  unacknowledged: z.optional(z.enum(['0', '1'], 'must be 0 or 1')),
});

/** A page of the log by what its address asks for. Errors: `InvalidInputError` REQUEST; `StorageUnavailableError`. */
export async function readFiringPage({ storage, clock }: Alerting, search: URLSearchParams): Promise<FiringPage> {
  const { before, limit: asked, trigger, unacknowledged } = parseRequest(query, Object.fromEntries(search));
  const { db } = storage;
  const limit = Math.max(1, Math.min(asked ?? policy.alerts.pageSize, policy.storage.maxPage));
  const [firings, count] = await Promise.all([
    listLoggedFirings(db, {
      limit,
      isUnacknowledged: unacknowledged === '1',
      ...(before !== undefined && { beforeId: before }),
      ...(trigger !== undefined && { triggerId: trigger }),
    }),
    countUnacknowledged(db),
  ]);
  return {
    serverTimeMs: clock.now(),
    firings: [...firings],
    nextBeforeId: firings.length === limit ? (firings.at(-1)?.id ?? null) : null,
    unacknowledged: count,
  };
}
