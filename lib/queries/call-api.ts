import type * as z from 'zod/mini';
import { apiProblem } from '@/lib/alerts/api-problem';
import { parseAnswer } from '@/lib/alerts/parse-answer';
import { BallastError } from '@/lib/domain/errors';

/** A field of a form that the server found wrong. */
export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/** The server did not do it, or does not answer (code UNREACHABLE). `faults`: of a form, by field. */
export class ApiError extends BallastError {
  constructor(
    code: string,
    message: string,
    readonly status: number | undefined,
    readonly faults: readonly FieldFault[],
    nextStep: string | undefined,
  ) {
    super(code, message, { inputs: { status }, ...(nextStep !== undefined && { nextStep }) });
  }
}

export interface ApiCall<T> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly answer: z.ZodMiniType<T>;
  readonly signal?: AbortSignal;
}

async function toApiError(response: Response): Promise<ApiError> {
  const { status } = response;
  const parsed = apiProblem.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success) return new ApiError('STATUS', `Ballast answered ${status}.`, status, [], undefined);
  const { error, code = 'REFUSED', faults = [], nextStep } = parsed.data;
  return new ApiError(code, error, status, faults, nextStep);
}

/**
 * Asks the server, and reads the answer by its schema.
 *
 * Errors: `ApiError` (what the server refused, with its words; UNREACHABLE where it does not answer), `InvalidInputError` ANSWER; an abort is
 * thrown as it is.
 * Example: `callApi({ method: 'GET', path: ALERT_PATHS.triggers, answer: triggerList })`.
 */
export async function callApi<T>({ method, path, body, answer, signal }: ApiCall<T>): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      cache: 'no-store',
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError('UNREACHABLE', 'Ballast does not answer. Is it still running?', undefined, [], undefined);
  }
  if (!response.ok) throw await toApiError(response);
  return parseAnswer(answer, await response.json());
}
