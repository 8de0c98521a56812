import { triggerRest } from '@/lib/alerts/trigger-edit';
import { policy } from '@/lib/config/policy';
import { getAlerting } from '@/lib/server/alerting/alerting';
import { parseId } from '@/lib/server/parse-id';
import { readRequest } from '@/lib/server/read-request';
import { serveApi } from '@/lib/server/serve-api';
import { muteTrigger } from '@/lib/server/storage/triggers';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

/** Keeps what a trigger fires in the log alone until then; null ends it. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return serveApi(request, { changesState: true }, async () => {
    const id = parseId((await params).id);
    const { version, untilMs } = await readRequest(request, triggerRest, policy.market.controlMaxBodyBytes);
    const { storage, clock } = await getAlerting();
    return Response.json({ id, version: await muteTrigger(storage.db, { id, version }, untilMs, clock.now()) });
  });
}
