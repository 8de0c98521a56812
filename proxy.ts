import { type NextRequest, NextResponse } from 'next/server';
import { parseListenEnv } from './lib/config/env';
import { checkHost } from './lib/server/guard';
import { buildPageCsp, securityHeaders } from './lib/server/security-headers';

function withHeaders(response: NextResponse, csp: string): NextResponse {
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
  response.headers.set('Content-Security-Policy', csp);
  return response;
}

const BUILT_FILES = '/_next/static/';

/** Judges Host of every page and built file, and gives each page its own nonce, which Next puts on its scripts. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const csp = buildPageCsp(nonce, process.env.NODE_ENV === 'development');
  const verdict = checkHost(request.headers.get('host'), parseListenEnv(process.env));
  if (!verdict.allowed) return withHeaders(new NextResponse(verdict.reason, { status: 403 }), csp);
  // They are the same for everyone and get their headers from `next.config.js`.
  if (request.nextUrl.pathname.startsWith(BUILT_FILES)) return NextResponse.next();
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('Content-Security-Policy', csp);
  return withHeaders(NextResponse.next({ request: { headers } }), csp);
}

/**
 * Routes under /api judge for themselves (`serveApi`): a proxy before them would take in whole request bodies that they refuse while
 * reading.
 */
export const config = { matcher: ['/((?!api/).*)'] };
