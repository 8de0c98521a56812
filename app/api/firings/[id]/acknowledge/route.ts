import { acknowledgementRequest } from '@/lib/alerts/trigger-edit';
import { policy } from '@/lib/config/policy';
import { getAlerting } from '@/lib/server/alerting/alerting';
import { parseNumberedId } from '@/lib/server/parse-id';
import { readRequest } from '@/lib/server/read-request';
import { serveApi } from '@/lib/server/serve-api';
import { acknowledge } from '@/lib/server/storage/firings';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

/** Somebody has seen a firing: its escalations are called off. The first acknowledgement stands. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return serveApi(request, { changesState: true }, async () => {
    const id = parseNumberedId((await params).id);
    const { by, note } = await readRequest(request, acknowledgementRequest, policy.market.controlMaxBodyBytes);
    const { storage, clock } = await getAlerting();
    return Response.json({ isFirst: await acknowledge(storage.db, id, { by, note, atMs: clock.now() }) });
  });
}
