import 'server-only';
import type { ApiProblem } from '@/lib/alerts/api-problem';
import { BallastError, ChainUnavailableError, InvalidInputError } from '@/lib/domain/errors';
import { StorageConflictError, StorageOwnedError, StorageUnavailableError } from './storage/storage-error';

const INVALID_STATUS: Readonly<Record<string, number>> = {
  ENV: 503,
  CONTENT_TYPE: 415,
  BODY_SIZE: 413,
  NOT_FOUND: 404,
};
const BAD_REQUEST = 400;
const CONFLICT = 409;
const UNAVAILABLE = 503;

function statusOf(error: BallastError): number | undefined {
  if (error instanceof InvalidInputError) return INVALID_STATUS[error.code] ?? BAD_REQUEST;
  if (error instanceof StorageConflictError) return CONFLICT;
  const isAway = [StorageUnavailableError, StorageOwnedError, ChainUnavailableError].some(
    (kind) => error instanceof kind,
  );
  return isAway ? UNAVAILABLE : undefined;
}

function readFaults({ detail }: BallastError): ApiProblem['faults'] {
  const faults = detail.inputs?.faults;
  return Array.isArray(faults) ? (faults as ApiProblem['faults']) : undefined;
}

/** The answer to a request that failed for a reason people can do something about; `undefined`: it is none of theirs, and nothing is told. */
export function toProblemResponse(cause: unknown): Response | undefined {
  if (!(cause instanceof BallastError)) return undefined;
  const status = statusOf(cause);
  if (status === undefined) return undefined;
  const faults = readFaults(cause);
  const problem: ApiProblem = {
    error: cause.message,
    code: cause.code,
    ...(cause.detail.nextStep !== undefined && { nextStep: cause.detail.nextStep }),
    ...(faults && { faults }),
  };
  return Response.json(problem, { status });
}
