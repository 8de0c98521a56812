import { expect, test } from 'vitest';
import { InvalidInputError } from '@/lib/domain/errors';
import { parseArguments } from './parse-arguments';

const known = ['reads', 'evaluate'];

test('without names all run, with names those, in their own order', () => {
  expect(parseArguments([], known)).toEqual({ names: known, json: false, verbose: false });
  expect(parseArguments(['evaluate', '--json'], known)).toEqual({ names: ['evaluate'], json: true, verbose: false });
  expect(parseArguments(['evaluate', '--verbose', 'reads'], known).names).toEqual(known);
});

test('an unknown name or option is refused', () => {
  expect(() => parseArguments(['reeds'], known)).toThrow(InvalidInputError);
  expect(() => parseArguments(['--jason'], known)).toThrow(InvalidInputError);
});
