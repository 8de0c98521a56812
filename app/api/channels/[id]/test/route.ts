import { randomUUID } from 'node:crypto';
import { getAlerting } from '@/lib/server/alerting/alerting';
import { testChannel } from '@/lib/server/delivery/test-channel';
import { parseId } from '@/lib/server/parse-id';
import { serveApi } from '@/lib/server/serve-api';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

/** Sends a message that says it is a test, and tells what came of it. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return serveApi(request, { changesState: true }, async () => {
    const channelId = parseId((await params).id);
    const { storage, surroundings, baseUrl } = await getAlerting();
    const test = { channelId, testId: randomUUID(), link: `${baseUrl}/settings` };
    return Response.json(await testChannel(storage.db, test, surroundings));
  });
}
