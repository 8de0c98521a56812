import { pauseRequest } from '@/lib/alerts/trigger-edit';
import { policy } from '@/lib/config/policy';
import { getAlerting } from '@/lib/server/alerting/alerting';
import { readWatchStatus } from '@/lib/server/alerting/read-watch-status';
import { readRequest } from '@/lib/server/read-request';
import { serveApi } from '@/lib/server/serve-api';
import { savePause } from '@/lib/server/storage/pause';

export const dynamic = 'force-dynamic';

/** Pauses all triggers, or lets them go on, in every instance. */
export function POST(request: Request): Promise<Response> {
  return serveApi(request, { changesState: true }, async () => {
    const { paused, by } = await readRequest(request, pauseRequest, policy.market.controlMaxBodyBytes);
    const alerting = await getAlerting();
    const atMs = alerting.clock.now();
    await savePause(alerting.storage.db, paused ? { pausedAtMs: atMs, by } : null, atMs);
    await alerting.watcher.reload();
    return Response.json(readWatchStatus(alerting));
  });
}
