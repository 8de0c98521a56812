import { expect, test } from 'vitest';
import { ChainUnavailableError, InvalidInputError } from '@/lib/domain/errors';
import { StorageConflictError, StorageOwnedError, StorageUnavailableError } from './storage/storage-error';
import { toProblemResponse } from './to-problem-response';

test.each([
  [new InvalidInputError('TRIGGER', 'wrong'), 400],
  [new InvalidInputError('BODY_SIZE', 'large'), 413],
  [new InvalidInputError('CONTENT_TYPE', 'what'), 415],
  [new InvalidInputError('ENV', 'unset'), 503],
  [new StorageConflictError('VERSION', 'older'), 409],
  [new StorageOwnedError('OWNED', 'another process'), 503],
  [new StorageUnavailableError('CONNECTION', 'away'), 503],
  [new ChainUnavailableError('NOT_LIVE', 'away'), 503],
])('%s: %i', async (cause, status) => {
  const response = toProblemResponse(cause);
  expect([response?.status, await response?.json()]).toEqual([status, { error: cause.message, code: cause.code }]);
});

test('faults and the next step go along; what is none of people’s tells nothing', async () => {
  const faults = [{ field: 'name', message: 'must not be empty' }];
  const problem = new InvalidInputError('TRIGGER', 'name: …', { inputs: { faults }, nextStep: 'Correct it.' });
  expect(await toProblemResponse(problem)?.json()).toMatchObject({ faults, nextStep: 'Correct it.' });
  expect(toProblemResponse(new TypeError('secret'))).toBeUndefined();
});
