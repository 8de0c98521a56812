import { getAlerting } from '@/lib/server/alerting/alerting';
import { listTriggersNow } from '@/lib/server/alerting/list-triggers';
import { serveApi } from '@/lib/server/serve-api';

export const dynamic = 'force-dynamic';

/** The triggers that watch, or with `?which=ended` those that have ended, each with where it stands. */
export function GET(request: Request): Promise<Response> {
  return serveApi(request, { changesState: false }, async () => {
    const which = new URL(request.url).searchParams.get('which') === 'ended' ? 'ended' : 'watching';
    return Response.json(await listTriggersNow(await getAlerting(), which));
  });
}
