import { getAlerting } from '@/lib/server/alerting/alerting';
import { readRecordedPrices } from '@/lib/server/alerting/read-recorded-prices';
import { serveApi } from '@/lib/server/serve-api';

export const dynamic = 'force-dynamic';

/** Prices that were recorded: `?asset=&source=oracle|market&from=&to=`. */
export function GET(request: Request): Promise<Response> {
  return serveApi(request, { changesState: false }, async () =>
    Response.json(await readRecordedPrices(await getAlerting(), new URL(request.url).searchParams)),
  );
}
