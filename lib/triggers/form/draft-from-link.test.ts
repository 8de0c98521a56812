import { expect, test } from 'vitest';
import { draftFromLink } from './draft-from-link';

const read = (query: string) => {
  const asked = new URLSearchParams(query);
  return draftFromLink((key) => asked.get(key), 'UTC');
};

test('a position, a kind and a level', () => {
  const draft = read('scope=position:aave-v3~1~0xab~0xcd&kind=distance&level=0.05');
  expect(draft.scope).toMatchObject({ type: 'position', position: 'aave-v3~1~0xab~0xcd' });
  expect(draft.conditions).toEqual([
    { key: 0, kind: 'distance', side: 'below', level: '5', rearm: '', params: { asset: '' } },
  ]);
});

test('a key of an asset keeps its colons; side and asset are the condition’s', () => {
  const key = 'eip155:1/erc20:0xab';
  const draft = read(`scope=asset:${key}&kind=price-level&side=above&level=2500.5&asset=${key}`);
  expect(draft.scope).toMatchObject({ type: 'asset', asset: key });
  expect(draft.conditions[0]).toMatchObject({
    kind: 'price-level',
    side: 'above',
    level: '2500.5',
    params: { asset: key, source: 'oracle' },
  });
});

test.each([
  ['', 'position', 'health-factor', '1.25'],
  ['scope=galaxy:x&kind=nothing', 'position', 'health-factor', '1.25'],
  // A health factor is of positions, which an asset has none of: the first kind that an asset allows.
  ['scope=asset:ETH&kind=health-factor', 'asset', 'price-level', ''],
  // What is no level stays, for the form to say so.
  ['kind=distance&level=soon', 'position', 'distance', 'soon'],
])('%j begins with %s, %s, %j', (query, type, kind, level) => {
  const draft = read(query);
  expect([draft.scope.type, draft.conditions[0]?.kind, draft.conditions[0]?.level]).toEqual([type, kind, level]);
});
