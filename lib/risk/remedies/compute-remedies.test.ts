import { describe, expect, test } from 'vitest';
import type { BookLeg, BookPosition } from '@/lib/domain/book-position';
import { InvalidInputError } from '@/lib/domain/errors';
import { rational } from '@/lib/units/rational';
import { bookPosition, bookPrices, fraction, show } from '@/lib/venues/book-testing';
import { venueModels } from '@/lib/venues/models';
import { applyRemedy } from './apply-remedy';
import { computeRemedies } from './compute-remedies';
import type { RemedyChange, RemedyKind, RemedyModel, RemedyRequest } from './remedy';

const ETH = { liquidationThreshold: '0.83', maxLtv: '0.805', liquidationBonus: '0.05' };
const BTC = { liquidationThreshold: '0.78', maxLtv: '0.73', liquidationBonus: '0.05' };
const WETH = { borrowCollateralFactor: '0.825', liquidateCollateralFactor: '0.895', liquidationFactor: '0.95' };
const prices = bookPrices({ eth: '3000', btc: '90000', usdc: '1', dai: '1', lusd: '1' });

type Legs = Parameters<typeof bookPosition>[2];
const build = (venue: keyof typeof venueModels, terms: unknown, collateral: Legs, debt: Legs): BookPosition =>
  bookPosition(venue, venueModels[venue].termsSchema.parse(terms), collateral, debt);

const request = (position: BookPosition, changes: Partial<RemedyRequest> = {}): RemedyRequest => ({
  position,
  model: venueModels[position.venue as keyof typeof venueModels] as unknown as RemedyModel,
  target: fraction('1.25'),
  evaluationPrices: prices,
  tradePrices: prices,
  swapCost: fraction('0.003'),
  ...changes,
});

const write = (changes: readonly RemedyChange[]): readonly string[] =>
  changes.map(({ side, asset, amount }) => `${side} ${asset} ${show(amount)}`);

const find = (given: RemedyRequest, kind: RemedyKind, to: string, from?: string) => {
  const found = computeRemedies(given).single.find(
    (each) => each.kind === kind && each.to === to && each.from === from,
  );
  if (!found) throw new Error(`${kind} is not there`);
  return found;
};

const single = build('custom', {}, [['eth', '5', ETH]], [['usdc', '12000']]);

describe('each alone: 12,450 carried against 12,000, target 1.25, so 15,000 − 12,450 = 2,550 missing', () => {
  test('add collateral: 2,550/2,490 ETH', () => {
    const found = find(request(single), 'add-collateral', 'eth');
    expect(write(found.changes)).toEqual(['collateral eth 85/83']);
    expect(found.reaches).toBe(true);
    expect(show(found.healthFactorAfter)).toBe('1.25');
    // 85/83·3,000
    expect(show(found.cost)).toBe('255000/83');
  });

  test('repay: 2,550/1.25', () => {
    const found = find(request(single), 'repay', 'usdc');
    expect(write(found.changes)).toEqual(['debt usdc -2040']);
    expect(show(found.cost)).toBe('2040');
    expect(show(found.healthFactorAfter)).toBe('1.25');
  });

  test('sell collateral to repay: 2,550/(1.25·2,991 − 2,490) = 2,550/1,248.75 = 680/333 ETH', () => {
    const found = find(request(single), 'repay-with-collateral', 'usdc', 'eth');
    // 680/333·2,991 = 677,960/111 repaid; 680/333·3,000·0.003 = 680/37 the cost
    expect(write(found.changes)).toEqual(['collateral eth -680/333', 'debt usdc -677960/111']);
    expect(show(found.cost)).toBe('680/37');
    expect(show(found.healthFactorAfter)).toBe('1.25');
  });

  test('at shocked prices: the target there, the trade at today’s', () => {
    // ETH at 2,400: 9,960 carried, 5,040 missing; add 5,040/1,992 = 210/83 ETH at 3,000.
    const shocked = request(single, { evaluationPrices: new Map([...prices, ['eth', rational(2_400n)]]) });
    const found = find(shocked, 'add-collateral', 'eth');
    expect(write(found.changes)).toEqual(['collateral eth 210/83']);
    expect(show(found.cost)).toBe('630000/83');
  });

  test('swap collateral for what carries more, with the venue’s parameters of a candidate', () => {
    const [candidate] = build('custom', {}, [['usdc', '0', { liquidationThreshold: '0.9' }]], []).collateral;
    const given = request(build('custom', {}, [['eth', '5', ETH]], [['dai', '10200']]), {
      candidates: { collateral: [candidate as BookLeg] },
    });
    // 12,750 − 12,450 = 300 missing; an ETH sold brings 2,991·0.9 − 2,490 = 201.9: 300/201.9 = 1000/673.
    const found = find(given, 'swap-collateral', 'usdc', 'eth');
    expect(write(found.changes)).toEqual(['collateral eth -1000/673', 'collateral usdc 2991000/673']);
    expect(show(found.healthFactorAfter)).toBe('1.25');
  });

  test('swap a debt that will rise for one that will not', () => {
    const position = build(
      'custom',
      {},
      [['usdc', '40000', BTC]],
      [
        ['eth', '8'],
        ['dai', '1000'],
      ],
    );
    // ETH at 3,600: 31,200 carried, 29,800 owed; 1.1·29,800 − 31,200 = 1,580 missing. One ETH repaid with 3,000/0.997 DAI:
    // 1.1·(3,600 − 3,000/0.997) = 1.1·589,200/997 = 648,120/997, so 1,580·997/648,120 = 78,763/32,406 ETH.
    const given = request(position, {
      target: fraction('1.1'),
      evaluationPrices: new Map([...prices, ['eth', rational(3_600n)]]),
    });
    const found = find(given, 'swap-debt', 'dai', 'eth');
    expect(write(found.changes)[0]).toBe('debt eth -78763/32406');
    // 78,763/32,406·3,000/0.997: 78,763/0.997 = 79,000
    expect(write(found.changes)[1]).toBe('debt dai 39500000/5401');
    expect(found.reaches).toBe(true);
    expect(show(found.healthFactorAfter)).toBe('1.1');
    // 40,000·0.6 lend 24,000, and some 25,000 are owed after it at today's prices: no new debt.
    const [leg] = position.collateral;
    const parameters = { ...leg?.parameters, maxLtv: fraction('0.6') };
    const tight = { ...position, collateral: leg ? [{ ...leg, parameters }] : [] };
    expect(find({ ...given, position: tight }, 'swap-debt', 'dai', 'eth')).toMatchObject({
      reaches: false,
      reason: 'refused',
    });
  });

  test('one asset on both sides needs no swap', () => {
    const position = build('custom', {}, [['eth', '5', ETH]], [['eth', '4']]);
    // 1.25·12,000 − 12,450 = 2,550 missing; an ETH withdrawn and repaid gains 3,750 − 2,490 = 1,260: 85/42, at no cost.
    const found = find(request(position), 'repay-with-collateral', 'eth', 'eth');
    expect(write(found.changes)).toEqual(['collateral eth -85/42', 'debt eth -85/42']);
    expect(show(found.cost)).toBe('0');
  });
});

test('before Aave 3.5 a second collateral is added with room for the average it truncates', () => {
  const old = build('aave-v3', { version: '3.2' }, [['eth', '5', ETH]], [['usdc', '12000']]);
  const [btc] = build('aave-v3', {}, [['btc', '1', BTC]], []).collateral;
  const added = find(request(old, { candidates: { collateral: [btc as BookLeg] } }), 'add-collateral', 'btc');
  // A basis point off each: 15,000 − 15,000·0.8299 = 2,551.5 missing, over 90,000·0.7799 = 70,191 a BTC.
  expect(write(added.changes)).toEqual(['collateral btc 567/15598']);
  // 15,000 + 51,030,000/15,598 = 285,000,000/15,598, on average 82.1047… %: times 0.821 over 12,000 is 233,985/187,176.
  expect(added.reaches).toBe(true);
  expect(show(added.healthFactorAfter)).toBe('77995/62392');
});

describe('why not', () => {
  test('a debt that an Aave mode does not list is not drawn, one that it lists is', () => {
    const mode = {
      ltv: '0.9',
      liquidationThreshold: '0.93',
      liquidationBonus: '0.01',
      assets: ['btc'],
      borrowable: ['dai'],
    };
    const position = build('aave-v3', { eMode: mode }, [['btc', '1']], [['eth', '26']]);
    const [usdc, dai] = build(
      'custom',
      {},
      [],
      [
        ['usdc', '1'],
        ['dai', '1'],
      ],
    ).debt as readonly [BookLeg, BookLeg];
    const evaluationPrices = bookPrices({ eth: '3300', btc: '90000', usdc: '1', dai: '1' });
    const swap = (to: string) =>
      find(
        request(position, { evaluationPrices, target: fraction('1'), candidates: { debt: [usdc, dai] } }),
        'swap-debt',
        to,
        'eth',
      );
    expect(swap('dai').reaches).toBe(true);
    expect(swap('usdc')).toMatchObject({
      reaches: false,
      changes: [],
      reason: 'refused',
      text: 'usdc is not among what may be borrowed in the account’s efficiency mode.',
    });
    const { cheapest } = computeRemedies(
      request(position, { evaluationPrices, target: fraction('1'), candidates: { debt: [usdc] } }),
    );
    expect(cheapest.parts.map(({ kind }) => kind)).not.toContain('swap-debt');
  });

  test('repaying all of a debt is not enough', () => {
    const position = build(
      'custom',
      {},
      [['eth', '5', ETH]],
      [
        ['usdc', '1000'],
        ['dai', '11000'],
      ],
    );
    const found = find(request(position), 'repay', 'usdc');
    expect(found).toMatchObject({ reaches: false, reason: 'not-enough' });
    expect(write(found.changes)).toEqual(['debt usdc -1000']);
    // 12,450/11,000
    expect(show(found.healthFactorAfter)).toBe('249/220');
  });

  test('a swap that carries less does not help', () => {
    const position = build(
      'custom',
      {},
      [
        ['eth', '5', ETH],
        ['btc', '0.01', BTC],
      ],
      [['usdc', '12000']],
    );
    const found = find(request(position), 'swap-collateral', 'btc', 'eth');
    expect(found).toMatchObject({ reaches: false, reason: 'no-help', changes: [] });
  });

  test('no more cash than there is', () => {
    const cash = new Map([['usdc', rational(500n)]]);
    expect(find(request(single, { cash }), 'add-collateral', 'eth')).toMatchObject({
      reaches: false,
      reason: 'not-enough',
    });
    const repay = find(request(single, { cash }), 'repay', 'usdc');
    expect(repay).toMatchObject({ reaches: false, reason: 'not-enough' });
    expect(write(repay.changes)).toEqual(['debt usdc -500']);
  });

  test('a venue of one collateral refuses another', () => {
    const [candidate] = single.collateral;
    const position = build('morpho-blue', { lltv: '0.86' }, [['btc', '1']], [['usdc', '70000']]);
    const found = find(
      request(position, { candidates: { collateral: [candidate as BookLeg] } }),
      'swap-collateral',
      'eth',
      'btc',
    );
    expect(found).toMatchObject({
      reaches: false,
      reason: 'refused',
      text: 'A Morpho Blue market has one collateral.',
    });
  });

  test('a vault may not be left with less than its least debt', () => {
    const position = build('maker-mcd', { ilk: 'ETH-A' }, [['eth', '5']], [['dai', '8000']]);
    // 15,000/1.45 against 8,000, target 1.5: 12,000 − 10,344.83 missing; 6,896.55 would be left, less than 7,500.
    const found = find(request(position, { target: fraction('1.5') }), 'repay', 'dai');
    expect(found).toMatchObject({ reaches: false, reason: 'refused' });
  });

  test('Compound lets collateral leave only up to what it lends, which is less than where it liquidates', () => {
    const position = build('compound-v3', {}, [['eth', '5', WETH]], [['usdc', '13400']]);
    // 13,425 carried; target 1.05: 645 missing, 645/(1.05·2,991 − 2,685) ETH. 82.5 % of the 4.6 ETH left lend less than is owed then.
    const found = find(request(position, { target: fraction('1.05') }), 'repay-with-collateral', 'usdc', 'eth');
    expect(found).toMatchObject({ reaches: false, reason: 'refused' });
    expect(show(found.healthFactorAfter)).toBe('1.05');
  });

  test('recovery mode: the health factor that liquidates is the least target, and no collateral leaves', () => {
    const position = build('liquity-v1', { totalCollateralRatio: '1.4' }, [['eth', '10']], [['lusd', '22000']]);
    const given = request(position, { target: fraction('1') });
    // The edge is at 140 %: 1.4·22,000 − 30,000 = 800 over 1.4 LUSD a piece.
    const repay = find(given, 'repay', 'lusd');
    expect(write(repay.changes)).toEqual(['debt lusd -4000/7']);
    // 1.4/1.1
    expect(show(repay.healthFactorAfter)).toBe('14/11');
    expect(repay.reaches).toBe(true);
    expect(find(given, 'repay-with-collateral', 'lusd', 'eth')).toMatchObject({
      reaches: false,
      reason: 'refused',
      text: 'In recovery mode no collateral can be withdrawn.',
    });
  });

  test('recovery mode: where repaying lets the Stability Pool cover the rest, the health factor alone is not enough', () => {
    const terms = { totalCollateralRatio: '1.4', stabilityPool: '21800' };
    const position = build('liquity-v1', terms, [['eth', '10']], [['lusd', '22000']]);
    // 30,000/(1.1·1.2545) = 21,739.94 owed would be covered by the Pool, and 138 % is below the total ratio of 140 %.
    const found = find(request(position, { target: fraction('1.2545') }), 'repay', 'lusd');
    expect(found).toMatchObject({ reaches: false, reason: 'not-enough' });
    expect(!found.reaches && found.text).toContain('would liquidate the position there all the same');
  });

  test('a target below 1, or a swap that costs all, is an error', () => {
    expect(() => computeRemedies(request(single, { target: fraction('0.99') }))).toThrow(InvalidInputError);
    expect(() => computeRemedies(request(single, { swapCost: fraction('1') }))).toThrow(InvalidInputError);
  });
});

test('without a swap cost of one’s own the policy’s 30 basis points, said so', () => {
  const found = computeRemedies(request(single, { swapCost: undefined }));
  expect(show(found.swapCost)).toBe('0.003');
  expect(show(found.cheapest.cost)).toBe('680/37');
});

test('reached already: nothing to do', () => {
  const found = computeRemedies(request(single, { target: fraction('1') }));
  expect(found).toMatchObject({ isReached: true, single: [], cheapest: { reaches: true, changes: [] } });
  expect(show(found.healthFactorBefore)).toBe('1.0375');
});

test.each([
  ['18383.64', true],
  ['18383.65', false],
])(
  'before Aave 3.5 the venue’s own figure decides whether it is reached, not the cautious line: %s',
  (debt, isReached) => {
    // 12,450 + 10,530 of 28,500 are 80.63157… %, cut to 80.63 %: 22,979.55 carried, 1.25 times 18,383.64. The line has 22,980 − 2.85.
    const position = build(
      'aave-v3',
      { version: '3.2' },
      [
        ['eth', '5', ETH],
        ['btc', '0.15', BTC],
      ],
      [['usdc', debt]],
    );
    const found = computeRemedies(request(position));
    expect(found).toMatchObject({ isReached, cheapest: { reaches: true } });
    expect([found.single.length > 0, found.cheapest.changes.length > 0]).toEqual([!isReached, !isReached]);
  },
);

describe('the cheapest mix', () => {
  test('selling for 680/37 is cheaper than bringing cash', () => {
    const { single: list, cheapest } = computeRemedies(request(single));
    expect(list[0]?.kind).toBe('repay-with-collateral');
    expect(show(cheapest.cost)).toBe('680/37');
    expect(write(cheapest.changes)).toEqual(['collateral eth -680/333', 'debt usdc -677960/111']);
  });

  test('what can be sold first, then cash', () => {
    // BTC carries nothing here: an idle 1,800 of it sold repay 1,794.6 for 5.4, gain 1.25·1,794.6 = 2,243.25 of 2,550. An ETH sold gains
    // 1,248.75 for 9: the 306.75 left take 306.75/1,248.75 = 409/1,665 ETH for 409/185.
    const position = build(
      'custom',
      {},
      [
        ['eth', '5', ETH],
        ['btc', '0.02', { liquidationThreshold: '0' }],
      ],
      [['usdc', '12000']],
    );
    const { cheapest } = computeRemedies(request(position));
    expect(cheapest.parts.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['repay-with-collateral', 'eth', 'usdc'],
      ['repay-with-collateral', 'btc', 'usdc'],
    ]);
    // 5.4 + 409/185 = 999/185 + 409/185
    expect(show(cheapest.cost)).toBe('1408/185');
    expect(show(cheapest.healthFactorAfter)).toBe('1.25');
  });

  test('where the venue lets no collateral leave: cash alone', () => {
    const position = build('compound-v3', {}, [['eth', '5', WETH]], [['usdc', '13400']]);
    const { cheapest, refused } = computeRemedies(request(position, { target: fraction('1.05') }));
    // 645/1.05 repaid, against 645/2,685·3,000 = 720.67 added
    expect(cheapest.reaches).toBe(true);
    expect(write(cheapest.changes)).toEqual(['debt usdc -4300/7']);
    // What would have been cheaper is told, with the venue's reason.
    expect(refused).toMatchObject({ reaches: false, reason: 'refused', parts: [{ kind: 'repay-with-collateral' }] });
  });

  test.each([
    // Selling leaves out, of 2,550: 2,040 repaid, against 255,000/83 = 3,072.29 added.
    [[{ side: 'collateral', asset: 'eth', gains: false }], ['debt usdc -2040']],
    [
      [
        { side: 'collateral', asset: 'eth', gains: false },
        { side: 'debt', asset: 'usdc', gains: false },
      ],
      ['collateral eth 85/83'],
    ],
    // Nobody asked to add ETH or to owe more.
    [
      [
        { side: 'collateral', asset: 'eth', gains: true },
        { side: 'debt', asset: 'usdc', gains: true },
      ],
      ['collateral eth -680/333', 'debt usdc -677960/111'],
    ],
  ] as const)('without what the venue refused: %#', (without, changes) => {
    const { cheapest, refused, single: list } = computeRemedies(request(single, { without }));
    expect(write(cheapest.changes)).toEqual(changes);
    expect(refused).toBeUndefined();
    expect(list).toEqual(computeRemedies(request(single)).single);
  });

  test('none: all together is too little', () => {
    const cash = new Map([['usdc', rational(1n)]]);
    const position = build('custom', {}, [['eth', '5', ETH]], [['usdc', '16000']]);
    // Insolvent at 15,000 against 16,000: selling all repays 14,955.
    expect(computeRemedies(request(position, { cash })).cheapest).toMatchObject({
      reaches: false,
      reason: 'not-enough',
      parts: [],
    });
  });
});

test('applying: candidates join with an amount only, legs at 0 stay, the given position is not changed', () => {
  const [candidate] = build('custom', {}, [['btc', '9', BTC]], []).collateral;
  const candidates = { collateral: [candidate as BookLeg] };
  const frozen = Object.freeze(single);
  expect(applyRemedy(frozen, [], candidates).collateral).toHaveLength(1);
  const changes: readonly RemedyChange[] = [
    { side: 'collateral', asset: 'eth', amount: rational(-5n) },
    { side: 'collateral', asset: 'btc', amount: rational(1n, 4n) },
  ];
  const after = applyRemedy(frozen, changes, candidates);
  expect(after.collateral.map(({ asset, amount }) => `${asset} ${show(amount)}`)).toEqual(['eth 0', 'btc 0.25']);
});
