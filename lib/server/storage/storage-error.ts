import 'server-only';
import { BallastError } from '@/lib/domain/errors';

/**
 * The database could not be asked, or went away before it answered. Whether a change was made is then not known: every write of this room
 * may be sent again. Codes: CONNECTION, REFUSED (name, password or database), BUSY (time-out, deadlock), FULL (disk, connections), CLOSED.
 */
export class StorageUnavailableError extends BallastError {}

/** The data directory belongs to another process. Code OWNED. */
export class StorageOwnedError extends BallastError {}

/**
 * The database refused a change, and nothing of it was made. Codes: VERSION (edited by somebody else meanwhile), ENDED, LEASE (another
 * instance took the work over), IN_USE (triggers name it), STALE_STATE, DUPLICATE, REFERENCE (names something that is not there), APPEND_ONLY.
 */
export class StorageConflictError extends BallastError {}

/** What a database error carries, from either driver. */
interface DatabaseError extends Error {
  readonly code?: string;
}

/** SQLSTATE that the triggers of the append-only tables raise. */
export const APPEND_ONLY_STATE = 'BA001';

const NODE_CODES = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['EHOSTUNREACH', 'ENETUNREACH', 'ENOENT'],
]);
/** Classes and codes of SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html. */
const LOST_STATE = /^(08...|57P0[1-5]|25006)$/;
const REFUSED_STATE = /^(28...|3D000)$/;
const BUSY_STATE = /^(40001|40P01|55P03|57014|25P0[34])$/;
const FULL_STATE = /^53...$/;
/** The drivers say some losses in words alone. */
const LOST_TEXT = /connection terminated|not queryable|connection error|server closed the connection/i;
const BUSY_TEXT = /timeout exceeded|timeout expired|read timeout/i;
const CLOSED_TEXT = /PGlite is (closed|closing)|after calling end on the pool|driver has already been destroyed/i;
const PROGRAM_ENDS = new Set(['RuntimeError', 'ExitStatus']);

const NEXT_STEP = {
  CONNECTION: 'Nothing needs to be done here: the connection is opened again as soon as the database answers.',
  REFUSED: 'Check DATABASE_URL: its user, its password and the name of its database.',
  BUSY: 'Try again.',
  FULL: 'Give the database more room or more connections.',
  CLOSED: 'Start Ballast again.',
} as const;

type UnavailableCode = keyof typeof NEXT_STEP;

function findUnavailable({ code = '', message, name }: DatabaseError): UnavailableCode | undefined {
  if (REFUSED_STATE.test(code)) return 'REFUSED';
  if (LOST_STATE.test(code) || NODE_CODES.has(code) || LOST_TEXT.test(message)) return 'CONNECTION';
  if (BUSY_STATE.test(code) || BUSY_TEXT.test(message)) return 'BUSY';
  if (FULL_STATE.test(code)) return 'FULL';
  // The embedded database is a program of its own, which can end on a fault.
  return CLOSED_TEXT.test(message) || PROGRAM_ENDS.has(name) ? 'CLOSED' : undefined;
}

const CONFLICTS: Readonly<Record<string, readonly [code: string, nextStep: string]>> = {
  '23505': ['DUPLICATE', 'What is to be written is there already, under the same key.'],
  '23503': ['REFERENCE', 'Write first what this refers to.'],
  [APPEND_ONLY_STATE]: ['APPEND_ONLY', 'Write a new row: what happened is never changed.'],
};

/**
 * The project's error for what a database driver threw; an error it has no better word for is given back as it is.
 * Example: `{ code: '57P01' }` (the server is being restarted) becomes `StorageUnavailableError` CONNECTION.
 */
export function toStorageError(cause: unknown): unknown {
  if (!(cause instanceof Error) || cause instanceof BallastError) return cause;
  const error = cause as DatabaseError;
  const unavailable = findUnavailable(error);
  if (unavailable) {
    // The message of a failed connection names host and port, never a password.
    return new StorageUnavailableError(unavailable, `The database cannot be asked: ${error.message || error.code}.`, {
      nextStep: NEXT_STEP[unavailable],
      cause,
    });
  }
  const conflict = CONFLICTS[error.code ?? ''];
  if (!conflict) return cause;
  const [code, nextStep] = conflict;
  return new StorageConflictError(code, `The database refused a change: ${error.message}.`, { nextStep, cause });
}
