import { expect, test } from 'vitest';
import { wad } from '@/lib/units/fixed';
import { ETH, toPosition, USDC } from '@/lib/venues/aave-v3/testing';
import { describeRemedy } from './describe-remedy';
import { toWorld } from './testing';

const HALF_MORE = wad(1_500_000_000_000_000_000n);
const position = toPosition([
  { of: ETH, supply: '10' },
  { of: USDC, debt: '20000' },
]);

test('the cheapest way in figures', () => {
  // (30,000 − s)·0.83 = 1.5·(20,000 − 0.997·s): s = 5,100 / 0.6655 = 7,663.41… of ETH sold (2.55447), 7,640.42 repaid, 22.99 lost, each rounded up.
  expect(describeRemedy(toWorld([position]), position.id, HALF_MORE)).toBe(
    'repay 7,640.5 USDC, sell 2.5545 WETH: health factor 1.500, at a cost of $23.00',
  );
});

test('none where it is there already, or cannot be seen', () => {
  expect(describeRemedy(toWorld([position]), position.id, wad(1_200_000_000_000_000_000n))).toBeUndefined();
  expect(describeRemedy(toWorld([position]), 'another', HALF_MORE)).toBeUndefined();
  const blind = { code: 'chain-stalled', text: 'The chain stands still.' } as const;
  expect(describeRemedy(toWorld([position], { blind }), position.id, HALF_MORE)).toBeUndefined();
});
