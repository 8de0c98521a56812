import { systemClock } from '@/lib/feeds/clock';
import { getLive } from '@/lib/server/live';
import { answerMarketControl } from '@/lib/server/market-control';
import { serveApi } from '@/lib/server/serve-api';

export const dynamic = 'force-dynamic';

/** Pause, speed, shock and liquidator of the simulated market, where there is one. */
export function POST(request: Request): Promise<Response> {
  return serveApi(request, { changesState: true }, () =>
    answerMarketControl(request, getLive().env.market, systemClock),
  );
}
