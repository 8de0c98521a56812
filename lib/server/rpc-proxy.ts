import 'server-only';
import * as z from 'zod/mini';
import { type ChainUnavailableError, InvalidInputError } from '@/lib/domain/errors';
import type { RateLimit } from './rate-limit';
import { readBody } from './read-body';
import { type FilteredCall, fail, filterRpc, RPC_ERROR, type RpcFailure } from './rpc-filter';
import type { Upstream } from './upstream';

export interface RpcProxyOptions {
  readonly upstream: Upstream;
  readonly rateLimit: RateLimit;
  readonly maxBodyBytes: number;
  readonly maxBatch: number;
}

type RpcAnswer =
  | RpcFailure
  | { readonly jsonrpc: '2.0'; readonly id: string | number | null; readonly result: unknown };

const MAX_MESSAGE = 300;
const ONE_SECOND_MS = 1_000;
const URL_LIKE = /\b(?:https?|wss?):\/\/\S+|\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/gi;

const upstreamAnswer = z.object({
  id: z.unknown(),
  result: z.optional(z.unknown()),
  error: z.optional(z.object({ code: z.number(), message: z.string(), data: z.optional(z.unknown()) })),
});

/** A node's error message without addresses and without anything beyond its first line. */
export const cleanMessage = (message: string): string =>
  (message.split('\n')[0] ?? '').replace(URL_LIKE, '[address]').slice(0, MAX_MESSAGE);

const json = (body: unknown, status: number, headers: Readonly<Record<string, string>> = {}): Response =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });

/** Gives a call its own answer out of the node's, by the number it was sent under. */
function toAnswer(call: Extract<FilteredCall, { ok: true }>, answer: unknown): RpcAnswer {
  const parsed = upstreamAnswer.safeParse(answer);
  if (!parsed.success) return fail(call.id, RPC_ERROR.unavailable, 'The node gave no answer to this call.');
  const { error, result } = parsed.data;
  if (!error) return { jsonrpc: '2.0', id: call.id, result: result ?? null };
  // Revert data is hexadecimal; anything else may be a stack or an address of the node.
  const data = typeof error.data === 'string' && /^0x[0-9a-fA-F]*$/.test(error.data) ? error.data : undefined;
  return fail(call.id, error.code, cleanMessage(error.message), data);
}

/** By its shape: the upstream lives as long as the process and may come from another copy of the module that holds the class. */
const isUnavailable = (cause: unknown): cause is ChainUnavailableError =>
  cause instanceof Error && 'code' in cause && 'detail' in cause;

async function ask(
  upstream: Upstream,
  calls: readonly Extract<FilteredCall, { ok: true }>[],
): Promise<readonly RpcAnswer[]> {
  const bodies = calls.map(({ method, params }, index) => ({ jsonrpc: '2.0', id: index, method, params }));
  try {
    const answered = await upstream.post(bodies.length === 1 ? bodies[0] : bodies);
    if (calls.length === 1 || !Array.isArray(answered)) return calls.map((call) => toAnswer(call, answered));
    const byNumber = new Map(answered.map((item: { readonly id?: unknown } | null) => [item?.id, item]));
    return calls.map((call, index) => toAnswer(call, byNumber.get(index)));
  } catch (cause) {
    const message = isUnavailable(cause) ? cause.message : 'The node could not be asked.';
    return calls.map((call) => fail(call.id, RPC_ERROR.unavailable, message));
  }
}

/**
 * Answers `POST /api/rpc`: checks type, size, methods, parameters and rate, and passes on what may pass in one request.
 *
 * A call that the node fails or does not answer in time gets a JSON-RPC error under HTTP status 200: the request itself was served. Statuses:
 * 415 wrong content type, 413 too large, 400 no JSON-RPC, 429 too often (with Retry-After).
 */
export async function answerRpc(
  request: Request,
  client: string | undefined,
  options: RpcProxyOptions,
): Promise<Response> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    return json(fail(null, RPC_ERROR.invalidRequest, 'The content type must be application/json.'), 415);
  }
  let text: string;
  try {
    text = await readBody(request, options.maxBodyBytes);
  } catch (cause) {
    if (!(cause instanceof InvalidInputError)) throw cause;
    return json(fail(null, RPC_ERROR.invalidRequest, cause.message), cause.code === 'BODY_SIZE' ? 413 : 400);
  }
  const filtered = filterRpc(text, options.maxBatch);
  const waitMs = options.rateLimit.take(client, filtered.ok ? filtered.calls.length : 1);
  if (waitMs > 0) {
    const seconds = Math.ceil(waitMs / ONE_SECOND_MS);
    return json(fail(null, RPC_ERROR.limitExceeded, `Too many requests: try again in ${seconds} s.`), 429, {
      'retry-after': String(seconds),
    });
  }
  if (!filtered.ok) return json(filtered.failure, 400);
  const passed = filtered.calls.filter((call) => call.ok);
  const answers = passed.length > 0 ? [...(await ask(options.upstream, passed))] : [];
  const merged = filtered.calls.map((call) => (call.ok ? answers.shift() : call.failure));
  return json(filtered.batch ? merged : merged[0], 200);
}
