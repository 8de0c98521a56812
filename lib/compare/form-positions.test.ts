import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AssetKey, BookPosition } from '@/lib/domain/book-position';
import { computePricesAlong } from '@/lib/risk/liquidation/direction-price';
import { addRational, type Rational, rational, sumRational } from '@/lib/units/rational';
import { bookPosition, bookPrices, type LegText, show } from '@/lib/venues/book-testing';
import { type VenueModelId, venueModels } from '@/lib/venues/models';
import { computeComparedPrices } from './compared-prices';
import { type AnyModel, formPositions } from './form-positions';
import { venueMappings } from './venue-mappings';

const prices = bookPrices({
  eth: '3000',
  wsteth: '3600',
  btc: '90000',
  link: '15',
  usdc: '1',
  dai: '0.999',
  doge: '0.2',
});
const assets = [...prices.keys()];
const UNIT = rational(1n, 10n ** 18n);

const side = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...assets), fc.integer({ min: 1, max: 100_000 })), {
    selector: ([asset]) => asset,
    maxLength: 4,
  })
  .map((legs) => legs.map(([asset, cents]): LegText => [asset, `${cents}/100`]));

const venues = (Object.keys(venueModels) as VenueModelId[]).filter((venue) => venue !== 'custom');

const sumOf = (legs: readonly { readonly asset: AssetKey; readonly amount: Rational }[], asset: AssetKey): string =>
  show(sumRational(legs.filter((leg) => leg.asset === asset).map(({ amount }) => amount)));

test.each(venues)('%s: every token is held once or left, and each position is one the venue holds', (venue) => {
  const model = venueModels[venue] as unknown as AnyModel;
  const mapping = venueMappings[venue];
  let formedAny = 0;
  fc.assert(
    fc.property(side, side, (collateral, debt) => {
      const position: BookPosition = bookPosition('custom', {}, collateral, debt);
      const { positions, left } = formPositions({ position, model, mapping, prices, symbolOf: (asset) => asset });
      for (const which of ['collateral', 'debt'] as const) {
        const placed = [...positions.flatMap((each) => each[which]), ...left.filter((each) => each.side === which)];
        for (const asset of assets)
          expect(sumOf(placed, asset), `${which} ${asset}`).toBe(sumOf(position[which], asset));
      }
      for (const each of positions) {
        expect(model.findProblem(each)).toBeUndefined();
        for (const { parameters } of each.collateral) {
          expect(Object.keys(parameters)).toEqual(expect.arrayContaining([...model.legParameters.collateral.required]));
        }
      }
      if (mapping.layout === 'pairs') {
        const healthOf = (debtAsset: AssetKey) =>
          positions
            .filter((each) => each.debt[0]?.asset === debtAsset)
            .map((each) => show(model.computeEvaluation(each, prices).healthFactor));
        for (const asset of assets) expect(new Set(healthOf(asset)).size).toBeLessThanOrEqual(1);
      }
      if (positions.length === 0) return;
      formedAny += 1;
      const { together } = computeComparedPrices(model, positions, prices, () => false);
      if (!together.exists) return;
      const falling = new Map(
        positions.flatMap((each) => each.collateral.map(({ asset }) => [asset, rational(-1n)] as const)),
      );
      const turned = (t: Rational) =>
        positions.some((each) => model.computeEvaluation(each, computePricesAlong(prices, falling, t)).liquidatable);
      expect(turned(together.t)).toBe(false);
      expect(turned(addRational(together.t, UNIT))).toBe(true);
    }),
    { numRuns: 80 },
  );
  expect(formedAny).toBeGreaterThan(10);
});
