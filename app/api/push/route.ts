import { pushRemoval, pushSubscription } from '@/lib/alerts/channel-list';
import { policy } from '@/lib/config/policy';
import { getAlerting } from '@/lib/server/alerting/alerting';
import { readRequest } from '@/lib/server/read-request';
import { serveApi } from '@/lib/server/serve-api';
import { removePushSubscription, savePushSubscription } from '@/lib/server/storage/push';

export const dynamic = 'force-dynamic';

/** Keeps a browser that takes notifications while no page is open. */
export function POST(request: Request): Promise<Response> {
  return serveApi(request, { changesState: true }, async () => {
    const { endpoint, keys } = await readRequest(request, pushSubscription, policy.market.controlMaxBodyBytes);
    const { storage, clock } = await getAlerting();
    await savePushSubscription(storage.db, { endpoint, keys }, clock.now());
    return Response.json({ ok: true });
  });
}

/** Forgets a browser. */
export function DELETE(request: Request): Promise<Response> {
  return serveApi(request, { changesState: true }, async () => {
    const { endpoint } = await readRequest(request, pushRemoval, policy.market.controlMaxBodyBytes);
    const { storage } = await getAlerting();
    await removePushSubscription(storage.db, endpoint);
    return Response.json({ ok: true });
  });
}
