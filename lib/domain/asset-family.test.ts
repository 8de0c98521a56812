import { expect, test } from 'vitest';
import { computeAssetFamily, isPegged } from './asset-family';

test('what accrues is of the dollar’s family for a shock, and holds no peg', () => {
  expect(computeAssetFamily({ symbol: 'sUSDe' }).stable).toBe(true);
  const pegged = ['USDC', 'USDe', 'DAI', 'GHO', 'sUSDe', 'sDAI', 'WETH', 'USDY'].filter((symbol) =>
    isPegged({ symbol }),
  );
  expect(pegged).toEqual(['USDC', 'USDe', 'DAI', 'GHO']);
});
