import { describe, expect, test } from 'vitest';
import type { AssetId } from '@/lib/domain/asset';
import type { BookPosition } from '@/lib/domain/book-position';
import { prepareTrigger } from '@/lib/triggers/prepare-trigger';
import type { Subject } from '@/lib/triggers/subject';
import type { TriggerScope } from '@/lib/triggers/trigger';
import { compareRational, rational } from '@/lib/units/rational';
import { ETH, toPosition, toReserve, USDC } from '@/lib/venues/aave-v3/testing';
import { actionsOf } from '@/lib/venues/actions';
import type { Position } from '@/lib/venues/registry';
import { planSubjects } from '../plan-subjects';
import { PlannedSubject } from '../planned-subject';
import { toMarketPrices, toTrigger, toWorld } from '../testing';
import { TriggerWatch } from '../trigger-watch';
import type { World } from '../world';

const eth: AssetId = toReserve(ETH).asset.id;
const usdc: AssetId = toReserve(USDC).asset.id;

/** 10 ETH (83 %) against 20,000 USDC, on chain. At 3,000: 24,900 / 20,000 = 1.245. */
const onChain = (price: string): Position => ({
  ...toPosition([
    { of: { ...ETH, price }, supply: '10' },
    { of: USDC, debt: '20000' },
  ]),
  id: `aave-v3~1~core~${toPosition([]).owner}`,
});

/** The same position as a book's, by the product's own export. */
function inBook(changes: Partial<BookPosition> = {}): BookPosition {
  const position = onChain('3000');
  const book = actionsOf(position).toBook(position);
  if (!book.known) throw new Error(book.reason.text);
  return { ...book.value.position, id: 'p-1', owner: 'Alice', tags: ['desk'], ...changes };
}

const toBookWorld = (price: string, positions: readonly BookPosition[], changes: Partial<World> = {}): World =>
  toWorld([onChain(price)], {
    books: new Map([
      ['desk', { id: 'desk', name: 'The desk', positions: new Map(positions.map((one) => [one.id, one])) }],
    ]),
    ...changes,
  });

const prepare = (scope: TriggerScope) =>
  prepareTrigger(toTrigger(scope, [{ kind: 'health-factor', side: 'below', level: '1.1' }]));
const subjectsOf = (scope: TriggerScope, world: World): readonly Subject[] =>
  planSubjects(prepare(scope), world).map((plan) => new PlannedSubject(plan, world));
const figuresOf = ({ positions }: Subject) => positions.map(({ id, atOracle }) => [id, atOracle.healthFactor] as const);

describe('a position of a stored book', () => {
  test('has the figures of the same position on chain, at the live prices and not at those of its file', () => {
    const world = toBookWorld('2600', [inBook()]);
    const [fromBook] = subjectsOf({ type: 'position', id: 'p-1', book: 'desk' }, world)[0]?.positions ?? [];
    const [fromChain] = subjectsOf({ type: 'position', id: onChain('1').id }, world)[0]?.positions ?? [];
    const [book, chain] = [fromBook?.atOracle.healthFactor, fromChain?.atOracle.healthFactor];
    if (!book?.known || !chain?.known || !book.value || !chain.value) throw new Error('unknown');
    // 83 % of 26,000 = 21,580 / 20,000 = 1.079, which ends within the contract's 18 digits.
    expect(compareRational(book.value, rational(1_079n, 1_000n))).toBe(0);
    expect(compareRational(book.value, chain.value)).toBe(0);
    const distance = fromBook?.liquidations;
    // 20,000 / 8.3 = 2,409.638… of 2,600: 7.32 % left.
    const left = distance?.known ? distance.value.find(({ asset }) => asset === eth)?.left : undefined;
    expect(left && Number(left.numerator) / Number(left.denominator)).toBeCloseTo(1 - 20_000 / 8.3 / 2_600, 12);
    const exposures = fromBook?.exposures.known ? fromBook.exposures.value : [];
    expect(exposures.map(({ asset, value }) => [asset, value.known && value.value.numerator > 0n])).toEqual([
      [eth, true],
      [usdc, false],
    ]);
  });

  test('is unknown, with the reason, where no feed tells one of its prices', () => {
    const gold = inBook({ id: 'p-2', collateral: inBook().collateral.map((leg) => ({ ...leg, asset: 'gold' })) });
    const [subject] = subjectsOf({ type: 'position', id: 'p-2', book: 'desk' }, toBookWorld('3000', [gold]));
    expect(subject?.positions[0]?.atOracle.healthFactor).toMatchObject({
      known: false,
      reason: { text: expect.stringContaining('No feed tells the price of gold') },
    });
    const blind = { code: 'chain-stalled', text: 'The chain stands still.' } as const;
    const [dark] = subjectsOf({ type: 'position', id: 'p-1', book: 'desk' }, toBookWorld('1', [inBook()], { blind }));
    expect(dark?.positions[0]?.atOracle.healthFactor).toEqual({ known: false, reason: blind });
  });

  test('at the market’s prices where a kind asks for those', () => {
    const marketPrices = toMarketPrices({ [eth]: '2600', [usdc]: '1' } as Record<AssetId, string>);
    const world = toBookWorld('3000', [inBook()], { marketPrices });
    const [subject] = subjectsOf({ type: 'position', id: 'p-1', book: 'desk' }, world);
    const figure = subject?.positions[0]?.atMarket.healthFactor;
    expect(figure?.known && figure.value && compareRational(figure.value, rational(1_079n, 1_000n))).toBe(0);
  });
});

describe('scopes within a book', () => {
  const positions = [
    inBook(),
    inBook({ id: 'p-2', owner: 'Bob', tags: ['house', 'desk'] }),
    inBook({ id: 'p-3', owner: 'Bob', tags: undefined }),
  ];
  const world = toBookWorld('3000', positions);
  const idsOf = (scope: TriggerScope) =>
    subjectsOf(scope, world).flatMap((subject) => figuresOf(subject).map(([id]) => id));

  test('a tag, an owner, the whole; of the chain nothing', () => {
    expect(idsOf({ type: 'tag', tag: 'desk', book: 'desk' })).toEqual(['p-1', 'p-2']);
    expect(idsOf({ type: 'owner', owner: 'Bob', book: 'desk' })).toEqual(['p-2', 'p-3']);
    expect(idsOf({ type: 'book', book: 'desk' })).toEqual(['p-1', 'p-2', 'p-3']);
  });

  test('a book that is not there, and a position that it has not, are unseen and never empty', () => {
    for (const scope of [
      { type: 'book', book: 'other' },
      { type: 'position', id: 'p-9', book: 'desk' },
      { type: 'owner', owner: 'Carol', book: 'desk' },
      { type: 'tag', tag: 'dask', book: 'desk' },
      { type: 'tag', tag: 'desk' },
    ] as const) {
      expect(subjectsOf(scope, world).map(({ unseen }) => unseen?.text)).toEqual([expect.any(String)]);
      const watch = new TriggerWatch();
      const trigger = toTrigger(scope, [{ kind: 'health-factor', side: 'below', level: '1.1' }]);
      watch.set([{ saved: { id: 't', version: 1, trigger } }]);
      const looks = watch.look(world, { kind: 'state' });
      expect(looks.map(({ reading }) => reading.met)).toEqual(['unknown']);
    }
    const empty = toBookWorld('3000', []);
    expect(subjectsOf({ type: 'book', book: 'desk' }, empty).map(({ unseen }) => unseen?.text)).toEqual([
      'The book The desk has no positions.',
    ]);
  });
});

test('a trigger on a book fires on the chain’s prices, and follows a book that is stored anew', () => {
  const watch = new TriggerWatch();
  const trigger = toTrigger({ type: 'book', book: 'desk' }, [{ kind: 'health-factor', side: 'below', level: '1.1' }]);
  watch.set([{ saved: { id: 't', version: 1, trigger } }]);
  const fired = (world: World) =>
    watch.look(world, { kind: 'state' }).flatMap(({ subject, firing }) => (firing ? [subject.id] : []));
  const at = (world: World, seconds: number): World => ({ ...world, nowMs: world.nowMs + seconds * 1_000 });
  expect(fired(toBookWorld('3000', [inBook()]))).toEqual([]);
  expect(fired(at(toBookWorld('2600', [inBook()]), 1))).toEqual(['p-1']);
  expect(fired(at(toBookWorld('2600', [inBook(), inBook({ id: 'p-2' })]), 2))).toEqual(['p-2']);
});
