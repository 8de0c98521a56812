import 'server-only';
import { policy } from '@/lib/config/policy';
import { ChainUnavailableError } from '@/lib/domain/errors';
import type { Clock } from '@/lib/feeds/clock';
import { readBody } from './read-body';

/** The node's HTTP side. Its address appears in no error. */
export interface Upstream {
  /** Posts one JSON-RPC body, single or batch, and gives back what the node answered, unjudged. */
  post(body: unknown): Promise<unknown>;
}

export interface UpstreamOptions {
  readonly url: string;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly clock: Clock;
}

const STATUS_TOO_MANY = 429;
/** Refusals that pass: too often, and what stands before a node that is busy or being changed. */
const PASSING_STATUSES: ReadonlySet<number> = new Set([STATUS_TOO_MANY, 502, 503, 504]);

/**
 * Makes the client of the node's HTTP side. A refusal that passes (429, 502, 503, 504) is asked again a little later, within the time limit.
 *
 * Errors: `ChainUnavailableError` TIMEOUT, REFUSED (no connection), RATE_LIMITED, HTTP_STATUS, NOT_JSON.
 */
export function createUpstream({ url, timeoutMs, maxResponseBytes, clock }: UpstreamOptions): Upstream {
  return {
    async post(body) {
      const abort = new AbortController();
      let timedOut = false;
      const cancel = clock.after(timeoutMs, () => {
        timedOut = true;
        abort.abort();
      });
      let answered = false;
      const ask = () =>
        fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
          signal: abort.signal,
          cache: 'no-store',
          redirect: 'error',
        });
      try {
        let response = await ask();
        for (const waitMs of policy.rpc.retryAfterMs) {
          if (!PASSING_STATUSES.has(response.status)) break;
          await response.body?.cancel();
          await wait(waitMs, abort.signal, clock);
          response = await ask();
        }
        answered = true;
        const text = await readBody(response, maxResponseBytes);
        // Nodes answer some failed calls with a status other than 200 and a JSON-RPC error that says more.
        const parsed = parse(text);
        if (response.ok || isRpcError(parsed)) {
          if (parsed === undefined)
            throw new ChainUnavailableError('NOT_JSON', 'The node answered something that is no JSON.');
          return parsed;
        }
        if (response.status === STATUS_TOO_MANY) {
          throw new ChainUnavailableError('RATE_LIMITED', 'The node refuses further requests for now (rate limit).');
        }
        throw new ChainUnavailableError('HTTP_STATUS', `The node answered with HTTP status ${response.status}.`);
      } catch (cause) {
        if (cause instanceof ChainUnavailableError) throw cause;
        if (timedOut) {
          throw new ChainUnavailableError('TIMEOUT', `The node did not answer within ${timeoutMs / 1_000} s.`);
        }
        throw answered
          ? new ChainUnavailableError('BROKEN_OFF', 'The node broke off its answer.')
          : new ChainUnavailableError('REFUSED', 'No connection to the node.');
      } finally {
        cancel();
      }
    },
  };
}

/** Fails when the signal ends it first. */
function wait(delayMs: number, signal: AbortSignal, clock: Clock): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(delayMs, resolve);
    signal.addEventListener('abort', () => {
      cancel();
      reject(signal.reason);
    });
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRpcError = (value: unknown): boolean => typeof value === 'object' && value !== null && 'error' in value;
