import { expect, test } from 'vitest';
import { keepSearch } from './keep-search';

test('the page’s own choices go along, those of the triggers’ screens do not', () => {
  const search = 'accounts=demo&shock=all%3A-1000&trigger=x&find=y&level=0.1';
  expect(keepSearch(search, '/triggers/new')).toBe('/triggers/new?accounts=demo&shock=all%3A-1000');
  expect(keepSearch(search, '/triggers/new', { copy: 'a b' })).toBe(
    '/triggers/new?accounts=demo&shock=all%3A-1000&copy=a+b',
  );
  expect(keepSearch('which=ended', '/triggers')).toBe('/triggers');
});
