import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findModel } from '@/lib/interchange/book';
import { aaveV3Model } from '@/lib/venues/aave-v3/book-model';
import { bookPosition, bookPrices } from '@/lib/venues/book-testing';
import { computeFallRanges, isLiquidatableAt } from './fall-ranges';
import { createFallingPrices, FALLS_BPS } from './falls';
import { deskItem, drain } from './testing';

test('an average truncated to basis points can liquidate in between and be cured again: no such fall is missed', () => {
  const prices = bookPrices({ eth: '1', usdc: '1' });
  const isEth = (asset: string): boolean => asset === 'eth';
  const pricesAt = createFallingPrices(isEth);
  let cured = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 4_000, max: 9_000 }),
      fc.integer({ min: 4_000, max: 9_000 }),
      fc.integer({ min: 0, max: 3_000_000 }),
      fc.integer({ min: -200, max: 200 }),
      (ethBps, usdcBps, spare, tilt) => {
        // As much ether owed as the ether carries, and dollars as the dollars do but for a spare of less than a few basis points.
        const position = bookPosition(
          'aave-v3',
          aaveV3Model.termsSchema.parse({ version: '3.2' }),
          [
            ['eth', '1000', { liquidationThreshold: `${ethBps}/10000` }],
            ['usdc', '1000', { liquidationThreshold: `${usdcBps}/10000` }],
          ],
          [
            ['eth', `${ethBps * 1_000 + tilt}/10000`],
            ['usdc', `${usdcBps * 1_000_000 - spare}/10000000`],
          ],
        );
        const [range] = drain(computeFallRanges([deskItem(position, prices)], findModel, isEth));
        const answers = FALLS_BPS.map(
          (_, index) => aaveV3Model.computeEvaluation(position, pricesAt(prices, index)).liquidatable,
        );
        for (const [index, isLiquidatable] of answers.entries()) {
          if (isLiquidatable) expect(isLiquidatableAt(range, index), `fall ${index}`).toBe(true);
        }
        if (!answers[0] && !answers.at(-1) && answers.includes(true)) cured += 1;
      },
    ),
    { numRuns: 300 },
  );
  expect(cured).toBeGreaterThan(10);
});
