import { channelEdit } from '@/lib/alerts/channel-list';
import { removal } from '@/lib/alerts/trigger-edit';
import { policy } from '@/lib/config/policy';
import { getAlerting } from '@/lib/server/alerting/alerting';
import { saveChannelEdit } from '@/lib/server/delivery/save-channel-edit';
import { parseId } from '@/lib/server/parse-id';
import { readRequest } from '@/lib/server/read-request';
import { serveApi } from '@/lib/server/serve-api';
import { removeChannel } from '@/lib/server/storage/channels';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

/** Saves a new channel, or a change to one. */
export function PUT(request: Request, { params }: Context): Promise<Response> {
  return serveApi(request, { changesState: true }, async () => {
    const id = parseId((await params).id);
    const edit = await readRequest(request, channelEdit, policy.market.controlMaxBodyBytes);
    const { storage, clock } = await getAlerting();
    return Response.json({ id, version: await saveChannelEdit(storage.db, id, edit, clock.now()) });
  });
}

/** Removes a channel with its secrets; what was sent by it stays in the log. */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return serveApi(request, { changesState: true }, async () => {
    const id = parseId((await params).id);
    const { version } = await readRequest(request, removal, policy.market.controlMaxBodyBytes);
    const { storage, clock } = await getAlerting();
    await removeChannel(storage.db, { id, version }, clock.now());
    return Response.json({ id, version: version + 1 });
  });
}
