import { policy } from '@/lib/config/policy';
import { getAlerting } from '@/lib/server/alerting/alerting';
import { openAlertStream } from '@/lib/server/alerting/open-alert-stream';
import { parseNumberedId } from '@/lib/server/parse-id';
import { serveApi } from '@/lib/server/serve-api';

export const dynamic = 'force-dynamic';

let openStreams = 0;

/** Alerts as they are recorded, after the Last-Event-ID, or `?after=` where a reader opens a new connection. */
export function GET(request: Request): Promise<Response> {
  return serveApi(request, { changesState: false }, async () => {
    if (openStreams >= policy.alerts.maxStreams) {
      return Response.json({ error: 'Too many streams are open.' }, { status: 503, headers: { 'retry-after': '5' } });
    }
    const after = request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('after');
    const afterId = after === null ? undefined : parseNumberedId(after);
    const alerting = await getAlerting();
    openStreams += 1;
    const onClose = () => {
      openStreams -= 1;
    };
    return new Response(openAlertStream({ alerting, afterId, signal: request.signal, onClose }), {
      headers: {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-cache, no-transform',
        'X-Accel-Buffering': 'no',
      },
    });
  });
}
