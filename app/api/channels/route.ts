import { getAlerting } from '@/lib/server/alerting/alerting';
import { listChannelsNow } from '@/lib/server/alerting/list-channels-now';
import { serveApi } from '@/lib/server/serve-api';

export const dynamic = 'force-dynamic';

/** The channels, and the forms of all kinds; no secrets. */
export function GET(request: Request): Promise<Response> {
  return serveApi(request, { changesState: false }, async () =>
    Response.json(await listChannelsNow(await getAlerting())),
  );
}
