import 'server-only';
import { parseListenEnv } from '@/lib/config/env';
import { BallastError } from '@/lib/domain/errors';
import { checkHost, checkOrigin, type Verdict } from './guard';
import { API_CSP, securityHeaders } from './security-headers';
import { toProblemResponse } from './to-problem-response';

function judge(request: Request, changesState: boolean): Verdict {
  const host = request.headers.get('host');
  const verdict = checkHost(host, parseListenEnv(process.env));
  return verdict.allowed ? checkOrigin(request.headers.get('origin'), host, changesState) : verdict;
}

async function answer(
  request: Request,
  changesState: boolean,
  handle: () => Response | Promise<Response>,
): Promise<Response> {
  try {
    const verdict = judge(request, changesState);
    return verdict.allowed ? await handle() : Response.json({ error: verdict.reason }, { status: 403 });
  } catch (cause) {
    const problem = toProblemResponse(cause);
    if (problem) return problem;
    console.error(cause instanceof BallastError ? `${cause.code}: ${cause.message}` : cause);
    return Response.json({ error: 'Something went wrong on the server.' }, { status: 500 });
  }
}

/**
 * The one door of every route under `app/api`: judges Host and Origin before anything else, turns errors into answers that tell nothing
 * private, and adds the security headers.
 */
export async function serveApi(
  request: Request,
  options: { readonly changesState: boolean },
  handle: () => Response | Promise<Response>,
): Promise<Response> {
  const response = await answer(request, options.changesState, handle);
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
  response.headers.set('Content-Security-Policy', API_CSP);
  if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'no-store');
  return response;
}

const NAMELESS = 'nameless';
const MAX_KEY_LENGTH = 64;

/**
 * By what a client is told apart for rate limits. A request shows no address but the one its headers claim, and those can be forged: nobody
 * is told apart (`undefined`), unless the configuration says that a proxy stands before Ballast. Then it is the last address of
 * `x-forwarded-for`, the one the proxy itself added; requests that lack it are one client together.
 */
export function clientKey(request: Request): string | undefined {
  if (!parseListenEnv(process.env).trustProxy) return undefined;
  const last = request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim();
  return last ? last.slice(0, MAX_KEY_LENGTH) : NAMELESS;
}
