import { expect, test } from 'vitest';
import { describeChunk } from './describe-chunk';

test('a chunk is named by all that is recognised in it', () => {
  expect(describeChunk('a.ZodMini=b')).toBe('zod');
  expect(describeChunk('x.hydrateRoot();"next-router-state-tree"')).toBe('react-dom + Next router');
  expect(describeChunk('e=>e+1')).toBe('other');
});
