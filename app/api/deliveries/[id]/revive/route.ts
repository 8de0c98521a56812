import { getAlerting } from '@/lib/server/alerting/alerting';
import { parseNumberedId } from '@/lib/server/parse-id';
import { serveApi } from '@/lib/server/serve-api';
import { reviveDelivery } from '@/lib/server/storage/deliveries';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

/** Sends a message that was given up again, under the key it had. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return serveApi(request, { changesState: true }, async () => {
    const id = parseNumberedId((await params).id);
    const { storage, clock } = await getAlerting();
    return Response.json({ isRevived: await reviveDelivery(storage.db, id, clock.now()) });
  });
}
