import { expect, test } from 'vitest';
import { InvalidInputError } from '@/lib/domain/errors';
import { StorageConflictError, StorageUnavailableError, toStorageError } from './storage-error';

const fail = (code: string | undefined, message = 'failed') => Object.assign(new Error(message), code ? { code } : {});

test.each([
  ['57P01', 'CONNECTION'],
  ['57P03', 'CONNECTION'],
  ['08006', 'CONNECTION'],
  // A server that has become a standby takes no writes.
  ['25006', 'CONNECTION'],
  ['ECONNREFUSED', 'CONNECTION'],
  ['ECONNRESET', 'CONNECTION'],
  ['28P01', 'REFUSED'],
  ['3D000', 'REFUSED'],
  ['40P01', 'BUSY'],
  ['57014', 'BUSY'],
  ['53100', 'FULL'],
  ['53300', 'FULL'],
])('%s is unavailable: %s', (code, expected) => {
  const cause = fail(code);
  const error = toStorageError(cause);
  expect(error).toBeInstanceOf(StorageUnavailableError);
  expect(error).toMatchObject({ code: expected, cause, detail: { nextStep: expect.any(String) } });
});

test.each([
  ['Connection terminated unexpectedly', 'CONNECTION'],
  ['Client has encountered a connection error and is not queryable', 'CONNECTION'],
  ['timeout exceeded when trying to connect', 'BUSY'],
  ['Query read timeout', 'BUSY'],
  ['PGlite is closed', 'CLOSED'],
])('what drivers say in words alone: %s', (message, expected) => {
  expect(toStorageError(fail(undefined, message))).toMatchObject({ code: expected });
});

test.each([
  ['23505', 'DUPLICATE'],
  ['23503', 'REFERENCE'],
  ['BA001', 'APPEND_ONLY'],
])('%s is a conflict: %s', (code, expected) => {
  const error = toStorageError(fail(code));
  expect(error).toBeInstanceOf(StorageConflictError);
  expect(error).toMatchObject({ code: expected });
});

test('everything else is left as it is', () => {
  for (const cause of [fail('42P01'), fail(undefined), new InvalidInputError('X', 'failed'), 'a text', undefined]) {
    expect(toStorageError(cause)).toBe(cause);
  }
});
