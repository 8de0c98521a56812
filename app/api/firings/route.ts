import { getAlerting } from '@/lib/server/alerting/alerting';
import { readFiringPage } from '@/lib/server/alerting/read-firing-page';
import { serveApi } from '@/lib/server/serve-api';

export const dynamic = 'force-dynamic';

/** A page of the log: `?before=&limit=&trigger=&unacknowledged=1`. */
export function GET(request: Request): Promise<Response> {
  return serveApi(request, { changesState: false }, async () =>
    Response.json(await readFiringPage(await getAlerting(), new URL(request.url).searchParams)),
  );
}
