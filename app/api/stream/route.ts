import { policy } from '@/lib/config/policy';
import { openEventStream } from '@/lib/server/event-stream';
import { getLive } from '@/lib/server/live';
import { serveApi } from '@/lib/server/serve-api';

export const dynamic = 'force-dynamic';

/** The one stream a browser listens to: state first, then every change, with a heartbeat. */
export function GET(request: Request): Promise<Response> {
  return serveApi(request, { changesState: false }, () => {
    const live = getLive();
    if (live.openStreams >= policy.stream.maxStreams) {
      return Response.json({ error: 'Too many streams are open.' }, { status: 503, headers: { 'retry-after': '5' } });
    }
    live.openStreams += 1;
    const body = openEventStream(live.hub, request.signal, () => {
      live.openStreams -= 1;
    });
    return new Response(body, {
      headers: {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-cache, no-transform',
        'X-Accel-Buffering': 'no',
      },
    });
  });
}
