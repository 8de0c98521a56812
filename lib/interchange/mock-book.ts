import type { AssetKey, LegParameter } from '@/lib/domain/book-position';
import { createDraws, type Draws } from '@/lib/units/draws';
import type { Rational } from '@/lib/units/rational';
import { decimalTerm } from '@/lib/venues/decimal-term';
import type { VenueModelId } from '@/lib/venues/models';
import type { Book } from './book';
import { checkPosition, type RawLeg } from './check-position';
import { MOCK_PRICES, type MockLeg, type MockShape, mockShapes } from './mock-venues';

/** Of a hundred positions so many stand at each venue. */
const VENUE_SHARES: readonly (readonly [VenueModelId, number])[] = [
  ['aave-v3', 34],
  ['morpho-blue', 16],
  ['compound-v3', 12],
  ['maker-mcd', 9],
  ['liquity-v2', 6],
  ['liquity-v1', 5],
  ['cross-margin', 6],
  ['isolated-margin', 6],
  ['custom', 4],
  ['maker-scd', 2],
];

/** Health factors of a hundred positions: some are past the edge, most are at ease; the rest owe nothing. */
const HEALTH_SHARES: readonly (readonly [low: number, high: number, share: number])[] = [
  [0.93, 1, 1],
  [1, 1.08, 6],
  [1.08, 1.25, 15],
  [1.25, 1.5, 22],
  [1.5, 2, 26],
  [2, 3, 16],
  [3, 12, 8],
];

const OWNERS = 2_500;
const DESKS = 24;
const FUNDS = 12;
const AMOUNT_DIGITS = 8;
/** Sizes are spread as 1/size, from the first on: many small ones, a few very large. */
const [LEAST_USD, SPREAD] = [2_500, 0.000_15];

const twoDigits = (value: number): string => String(value).padStart(2, '0');

const COUNTERPARTIES = [
  ...Array.from({ length: DESKS }, (_, index) => `Desk ${twoDigits(index + 1)} (mock)`),
  ...Array.from({ length: FUNDS }, (_, index) => `Fund ${twoDigits(index + 1)} (mock)`),
];

function pickByShare<Entry extends readonly unknown[]>(
  draws: Draws,
  entries: readonly Entry[],
  share: (entry: Entry) => number,
): Entry | undefined {
  let left = draws.next() * 100;
  return entries.find((entry) => {
    left -= share(entry);
    return left < 0;
  });
}

const toDecimal = (value: number): Rational => decimalTerm.parse(value.toFixed(AMOUNT_DIGITS));

const readParameters = (texts: MockLeg['parameters'] = {}): Partial<Record<LegParameter, Rational>> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, decimalTerm.parse(text)]));

const toRawLeg = ({ asset, share, parameters }: MockLeg, valueUsd: number): RawLeg => ({
  asset,
  amount: toDecimal((valueUsd * share) / MOCK_PRICES[asset]),
  enabled: undefined,
  borrowRate: undefined,
  parameters: readParameters(parameters),
});

const averageWeight = (legs: readonly MockLeg[]): number => legs.reduce((sum, leg) => sum + leg.share * leg.weight, 0);

/** Collateral and debt in dollars, the debt such that the drawn health factor comes out as nearly as amounts of eight decimals allow. */
function drawSizes(draws: Draws, { collateral, debt, leastDebt = 0 }: MockShape) {
  const sizeUsd = LEAST_USD / (1 - draws.next() + SPREAD);
  const health = pickByShare(draws, HEALTH_SHARES, ([, , share]) => share);
  if (!health) return { collateralUsd: sizeUsd, debtUsd: 0 };
  const healthFactor = draws.between(health[0], health[1]);
  const perDebt = (averageWeight(debt) * healthFactor) / averageWeight(collateral);
  const collateralUsd = Math.max(sizeUsd, leastDebt * 1.01 * perDebt);
  return { collateralUsd, debtUsd: collateralUsd / perDebt };
}

/** Dear collateral sits with few: squaring a draw puts the first owners and counterparties before the others. */
const pickUneven = <Item>(draws: Draws, items: readonly Item[]): Item =>
  items[Math.floor(draws.next() * draws.next() * items.length)] as Item;

function drawPosition(draws: Draws, index: number) {
  const venue = pickByShare(draws, VENUE_SHARES, ([, share]) => share)?.[0] ?? 'custom';
  const shape = mockShapes[venue](draws);
  const { collateralUsd, debtUsd } = drawSizes(draws, shape);
  const owner = 1 + Math.floor(draws.next() * draws.next() * OWNERS);
  return checkPosition(
    {
      id: `mock-${String(index + 1).padStart(5, '0')}`,
      venue,
      owner: `owner-${String(owner).padStart(4, '0')}`,
      counterparty: pickUneven(draws, COUNTERPARTIES),
      collateral: shape.collateral.map((leg) => toRawLeg(leg, collateralUsd)),
      debt: debtUsd > 0 ? shape.debt.map((leg) => toRawLeg(leg, debtUsd)) : [],
      terms: shape.terms,
    },
    ['positions', index],
  );
}

/**
 * A made-up book for trying things: positions over all venues, with owners and counterparties that say they are mock. The same seed and count
 * give the same book on every machine. Prices, sizes and who holds what are invented; thresholds and terms are the venues' own. Yields how
 * many positions are made, so that it can be done in slices.
 *
 * Errors: none; every position has passed its venue's checks, and every asset has a price.
 */
export function* drawMockBook(seed: number, count: number): Generator<number, Book> {
  const draws = createDraws(seed);
  const positions = [];
  for (let index = 0; index < count; index += 1) {
    positions.push(drawPosition(draws, index));
    yield positions.length;
  }
  const prices = new Map<AssetKey, Rational>(
    Object.entries(MOCK_PRICES).map(([asset, price]) => [asset, decimalTerm.parse(String(price))]),
  );
  return { asOf: undefined, prices, positions };
}
