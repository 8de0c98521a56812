import { policy } from '@/lib/config/policy';
import { getLive } from '@/lib/server/live';
import { answerRpc } from '@/lib/server/rpc-proxy';
import { clientKey, serveApi } from '@/lib/server/serve-api';

export const dynamic = 'force-dynamic';

/** The browser's way to the chain: reads only, listed, limited. */
export function POST(request: Request): Promise<Response> {
  return serveApi(request, { changesState: false }, () => {
    const { rpcUpstream, rateLimit } = getLive();
    const { maxBodyBytes, maxBatch } = policy.rpc;
    return answerRpc(request, clientKey(request), { upstream: rpcUpstream, rateLimit, maxBodyBytes, maxBatch });
  });
}
