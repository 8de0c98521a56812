import { BaseError, HttpRequestError, RpcRequestError, TimeoutError } from 'viem';

const PAYLOAD_TOO_LARGE = 413;
const TOO_OFTEN = /rate|too many|per second|quota/i;
const TOO_MUCH =
  /out ?of ?gas|gas required|exceed\w* .*gas|gas limit|too (?:large|big)|size\b.*exceed|exceed\w* .*(?:size|limit)/i;
const TOO_SLOW = /timed? ?out|did not answer within/i;

/**
 * Whether a node refused one call for what it asks at once, so that half of it may be answered: 'gas or size' when it says so, 'time' when
 * it only took too long, which a node that is away does as well. `undefined` for everything else, a rate limit above all.
 */
export function classifyTooMuch(cause: unknown): 'gas or size' | 'time' | undefined {
  if (!(cause instanceof BaseError)) return undefined;
  const found = cause.walk(
    (error) => error instanceof HttpRequestError || error instanceof TimeoutError || error instanceof RpcRequestError,
  );
  if (found instanceof TimeoutError) return 'time';
  if (found instanceof HttpRequestError) return found.status === PAYLOAD_TOO_LARGE ? 'gas or size' : undefined;
  if (!(found instanceof RpcRequestError) || TOO_OFTEN.test(found.details)) return undefined;
  if (TOO_MUCH.test(found.details)) return 'gas or size';
  return TOO_SLOW.test(found.details) ? 'time' : undefined;
}
