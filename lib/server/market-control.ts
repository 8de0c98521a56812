import 'server-only';
import * as z from 'zod/mini';
import { policy } from '@/lib/config/policy';
import { InvalidInputError } from '@/lib/domain/errors';
import type { Clock } from '@/lib/feeds/clock';
import { readBody } from './read-body';

const MAX_SPEED = 60;
const MAX_DROP_BPS = 9_000;
const MAX_SHOCK_SECONDS = 86_400;

/** What people may do to the simulated market. Raw prices, feeds and oracle answers are for tests alone and not among it. */
const action = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('pause') }),
  z.strictObject({ action: z.literal('resume') }),
  z.strictObject({ action: z.literal('speed'), value: z.number().check(z.minimum(1), z.maximum(MAX_SPEED)) }),
  z.strictObject({
    action: z.literal('shock'),
    asset: z.string().check(z.regex(/^(all|eip155:\d{1,15}\/erc20:0x[0-9a-f]{40})$/)),
    dropBps: z.int().check(z.minimum(1), z.maximum(MAX_DROP_BPS)),
    overSeconds: z.int().check(z.minimum(1), z.maximum(MAX_SHOCK_SECONDS)),
  }),
  z.strictObject({ action: z.literal('liquidator'), on: z.boolean() }),
]);

export type MarketAction = z.infer<typeof action>;

/** Reads a control request. Errors: `InvalidInputError` JSON, MARKET_ACTION with the field that is wrong. */
export function parseMarketAction(text: string): MarketAction {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InvalidInputError('JSON', 'The body is not JSON.', { cause });
  }
  const parsed = action.safeParse(value);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join('.') || 'body';
  throw new InvalidInputError('MARKET_ACTION', `The field "${field}" is not valid.`, { inputs: { field } });
}

const json = (body: unknown, status: number): Response =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store' } });

/** Answers `POST /api/market`: checks the request and passes it on to the simulator with its token, which stays on the server. */
export async function answerMarketControl(
  request: Request,
  market: { readonly url: string; readonly token: string | undefined } | undefined,
  clock: Clock,
): Promise<Response> {
  if (!market) return json({ error: 'There is no simulated market here.' }, 404);
  if (request.headers.get('content-type')?.split(';')[0]?.trim() !== 'application/json') {
    return json({ error: 'The content type must be application/json.' }, 415);
  }
  let wanted: MarketAction;
  try {
    wanted = parseMarketAction(await readBody(request, policy.market.controlMaxBodyBytes));
  } catch (cause) {
    if (!(cause instanceof InvalidInputError)) throw cause;
    return json({ error: cause.message }, cause.code === 'BODY_SIZE' ? 413 : 400);
  }
  const abort = new AbortController();
  const cancel = clock.after(policy.market.controlTimeoutMs, () => abort.abort());
  try {
    const response = await fetch(`${market.url}/control`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(market.token ? { 'x-ballast-token': market.token } : {}) },
      body: JSON.stringify(wanted),
      signal: abort.signal,
      cache: 'no-store',
      redirect: 'error',
    });
    await response.body?.cancel();
    return response.ok ? json({ ok: true }, 200) : json({ error: 'The simulated market refused this.' }, 502);
  } catch {
    return json({ error: 'The simulated market does not answer.' }, 502);
  } finally {
    cancel();
  }
}
