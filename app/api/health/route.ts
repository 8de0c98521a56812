import { formatHealth } from '@/lib/server/health';
import { getLive } from '@/lib/server/live';
import { serveApi } from '@/lib/server/serve-api';

export const dynamic = 'force-dynamic';

/** 200 once the chain has been seen live since the start, 503 before; the state of chain and feeds either way. */
export function GET(request: Request): Promise<Response> {
  return serveApi(request, { changesState: false }, () => {
    const { hub } = getLive();
    const { serverTimeMs: nowMs, chain, market } = hub.state();
    const ready = hub.isReady();
    const health = formatHealth({ ready, nowMs, chain, market, oracleFeeds: hub.oracleFeeds() });
    return Response.json(health, { status: ready ? 200 : 503 });
  });
}
