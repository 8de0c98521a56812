import { expect, test } from 'vitest';
import { InvalidInputError } from '@/lib/domain/errors';
import { parseStorageEnv } from './storage-env';

test('embedded without set-up, in the directory that is named', () => {
  expect(parseStorageEnv({})).toEqual({ kind: 'embedded', directory: '.ballast/data' });
  expect(parseStorageEnv({ BALLAST_DATA_DIR: '/srv/ballast', DATABASE_URL: ' ' })).toEqual({
    kind: 'embedded',
    directory: '/srv/ballast',
  });
});

test('a server where one is named', () => {
  const url = 'postgresql://ballast:secret@db:5432/ballast';
  expect(parseStorageEnv({ DATABASE_URL: url, BALLAST_DATA_DIR: '/srv/ballast' })).toEqual({ kind: 'server', url });
});

test('anything else is refused by name, and its value is not told', () => {
  const refuse = () => parseStorageEnv({ DATABASE_URL: 'mysql://root:secret@db/ballast' });
  expect(refuse).toThrow(InvalidInputError);
  expect(refuse).toThrow(/DATABASE_URL/);
  expect(refuse).not.toThrow(/secret/);
});
