import { getAlerting } from '@/lib/server/alerting/alerting';
import { listDeadLetters } from '@/lib/server/alerting/list-dead-letters';
import { parseNumberedId } from '@/lib/server/parse-id';
import { serveApi } from '@/lib/server/serve-api';

export const dynamic = 'force-dynamic';

/** Messages that were given up, newest first: `?before=`. */
export function GET(request: Request): Promise<Response> {
  return serveApi(request, { changesState: false }, async () => {
    const before = new URL(request.url).searchParams.get('before');
    const { storage } = await getAlerting();
    return Response.json(await listDeadLetters(storage.db, before === null ? undefined : parseNumberedId(before)));
  });
}
