import 'server-only';
import { policy } from '@/lib/config/policy';
import { InvalidInputError } from '@/lib/domain/errors';
import { computeRetryDelayMs } from './compute-retry-delay';
import { DeliveryError, TemporaryDeliveryError } from './delivery-error';
import type { DeliveryResult } from './outbox';

export interface FailedAttempt {
  readonly error: unknown;
  /** Attempts that failed, this one included. */
  readonly failures: number;
  readonly nowMs: number;
  readonly random: () => number;
}

/**
 * What follows from a failed attempt. What may pass is tried again after a growing wait until `policy.delivery.maxAttempts`; what does not is
 * a dead letter at once. An error nobody foresaw counts as one that may pass, and its text is kept back: it may hold anything. Pure.
 */
export function judgeFailure({ error, failures, nowMs, random }: FailedAttempt): DeliveryResult {
  const { code, problem } = describeFailure(error);
  const isFinal = error instanceof InvalidInputError || (error instanceof DeliveryError && !isTemporary(error));
  if (isFinal) return { kind: 'dead', atMs: nowMs, code, problem };
  if (failures >= policy.delivery.maxAttempts) {
    return { kind: 'dead', atMs: nowMs, code, problem: `Given up after ${failures} attempts. The last: ${problem}` };
  }
  const askedMs = isTemporary(error) ? error.retryAfterMs : undefined;
  return {
    kind: 'retry',
    atMs: nowMs,
    notBeforeMs: nowMs + computeRetryDelayMs(failures, random, askedMs),
    code,
    problem,
  };
}

const isTemporary = (error: unknown): error is TemporaryDeliveryError => error instanceof TemporaryDeliveryError;

/** A failure in words that are safe to show. */
export function describeFailure(error: unknown): { readonly code: string; readonly problem: string } {
  if (error instanceof DeliveryError || error instanceof InvalidInputError) {
    return { code: error.code, problem: error.message };
  }
  return { code: 'UNEXPECTED', problem: 'The alert could not be sent, for a reason that was not foreseen.' };
}
