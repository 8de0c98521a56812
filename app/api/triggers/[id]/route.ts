import { removal, triggerEdit } from '@/lib/alerts/trigger-edit';
import { policy } from '@/lib/config/policy';
import { getAlerting } from '@/lib/server/alerting/alerting';
import { saveTriggerEdit } from '@/lib/server/alerting/save-trigger-edit';
import { getLive } from '@/lib/server/live';
import { parseId } from '@/lib/server/parse-id';
import { readRequest } from '@/lib/server/read-request';
import { serveApi } from '@/lib/server/serve-api';
import { endTrigger } from '@/lib/server/storage/triggers';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

/** Saves a new trigger, or a change to one. */
export function PUT(request: Request, { params }: Context): Promise<Response> {
  return serveApi(request, { changesState: true }, async () => {
    const id = parseId((await params).id);
    const edit = await readRequest(request, triggerEdit, policy.alerts.maxBodyBytes);
    const { hub, positions, env } = getLive();
    const context = { ...(await getAlerting()), hub, positions, chainId: env.chain.chainId };
    return Response.json({ id, version: await saveTriggerEdit(id, edit, context) });
  });
}

/** Ends a trigger; it stays in the log with all that it fired. */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return serveApi(request, { changesState: true }, async () => {
    const id = parseId((await params).id);
    const { version } = await readRequest(request, removal, policy.market.controlMaxBodyBytes);
    const { storage, clock } = await getAlerting();
    return Response.json({ id, version: await endTrigger(storage.db, { id, version }, 'delete', clock.now()) });
  });
}
