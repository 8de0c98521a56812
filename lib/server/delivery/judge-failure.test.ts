import { expect, test } from 'vitest';
import { InvalidInputError } from '@/lib/domain/errors';
import { PermanentDeliveryError, TemporaryDeliveryError } from './delivery-error';
import { judgeFailure } from './judge-failure';

const judge = (error: unknown, failures = 1) => judgeFailure({ error, failures, nowMs: 10_000, random: () => 0 });

test('what may pass is tried again, not before what the other side asked for', () => {
  const error = new TemporaryDeliveryError('HTTP_STATUS', 'Status 503.', 90_000);
  expect(judge(error)).toEqual({
    kind: 'retry',
    atMs: 10_000,
    notBeforeMs: 100_000,
    code: 'HTTP_STATUS',
    problem: 'Status 503.',
  });
  expect(judge(error, 19).kind).toBe('retry');
  expect(judge(error, 20).kind).toBe('dead');
});

test('what does not pass, and what was stored wrongly, is dead at once', () => {
  expect(judge(new PermanentDeliveryError('GONE', 'Gone.'))).toEqual({
    kind: 'dead',
    atMs: 10_000,
    code: 'GONE',
    problem: 'Gone.',
  });
  expect(judge(new InvalidInputError('CHANNEL', 'config.url: …')).kind).toBe('dead');
});

test('what nobody foresaw is tried again, and its text kept back', () => {
  for (const error of [new Error('password=hunter2'), 'hunter2', undefined]) {
    const result = judge(error);
    expect(result).toMatchObject({ kind: 'retry', code: 'UNEXPECTED' });
    expect(JSON.stringify(result)).not.toContain('hunter2');
  }
});
