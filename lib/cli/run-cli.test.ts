import { describe, expect, test } from 'vitest';
import { runCli } from './run-cli';

/** The book of the format's own description, without its counterparty. */
const BOOK = `{
  "version": 1,
  "prices": { "eth": "3000", "btc": "90000", "usdc": "1" },
  "positions": [
    {
      "id": "p1", "venue": "aave-v3", "owner": "0x1",
      "collateral": [
        { "asset": "eth", "amount": "5", "liquidationThreshold": "0.83", "maxLtv": "0.805", "liquidationBonus": "0.05" },
        { "asset": "btc", "amount": "0.15", "liquidationThreshold": "0.78", "maxLtv": "0.73", "liquidationBonus": "0.05" }
      ],
      "debt": [ { "asset": "usdc", "amount": "18000", "borrowRate": "0.05" } ]
    }
  ]
}`;

const CSV = [
  'position_id,venue,owner,counterparty,side,asset,amount,price,liquidation_threshold,max_ltv,liquidation_bonus,borrow_rate',
  'p1,aave-v3,0x1,,collateral,eth,5,3000,0.83,0.805,0.05,',
  'p1,aave-v3,0x1,,collateral,btc,0.15,90000,0.78,0.73,0.05,',
  'p1,aave-v3,0x1,,debt,usdc,18000,1,,,,0.05',
].join('\n');

async function run(args: readonly string[], input = BOOK, pieceLength = 37) {
  let out = '';
  let error = '';
  const code = await runCli(args, {
    openInput: async () =>
      async function* readText() {
        for (let at = 0; at < input.length; at += pieceLength) yield input.slice(at, at + pieceLength);
      },
    writeOut: async (text) => {
      out += text;
    },
    writeError: (text) => {
      error += text;
    },
  });
  return { code, out, error };
}

const evaluated = async (args: readonly string[], input = BOOK) => {
  const { code, out } = await run(['evaluate', 'book', ...args], input);
  expect(code).toBe(0);
  return JSON.parse(out).positions;
};

describe('evaluate', () => {
  test('the figures of two collaterals and one debt', async () => {
    // Collateral 15,000 + 13,500 = 28,500; carried 12,450 + 10,530 = 22,980; health factor 22,980 / 18,000 = 1.27666…
    // ETH alone: (18,000 − 10,530) / (5 · 0.83) = 7,470 / 4.15 = 1,800. BTC alone: (18,000 − 12,450) / (0.15 · 0.78) = 47,435.897…
    // USDC alone: 22,980 / 18,000 = 1.27666… All together: 1 − 18,000 / 22,980 = 0.216710…
    const [record] = await evaluated([]);
    expect(record).toMatchObject({
      id: 'p1',
      collateralValue: '28500',
      debtValue: '18000',
      healthFactor: '1.276666666666666666',
      ltv: '0.631578947368421053',
      collateralRatio: '1.583333333333333333',
      liquidatable: false,
      liquidationPriceNotes: {},
    });
    expect(record.liquidationPrices.eth).toBe('1800');
    expect(record.liquidationPrices.btc).toBe('47435.8974358974359');
    expect(record.liquidationPrices.usdc).toMatch(/^1\.276{15,}$/);
    expect(record.uniformLiquidationDrop).toMatch(/^0\.21671018276762402/);
  });

  test('CSV says the same as JSON', async () => {
    expect(await evaluated([], CSV)).toEqual(await evaluated([]));
  });

  test('prices are put in first, then moved', async () => {
    const [record] = await evaluated(['--price', 'eth=2250', '--shock', 'eth=-20%']);
    // 2,250 · 0.8 = 1,800: the liquidation price itself, where nobody is liquidated yet.
    expect([record.liquidatable, record.healthFactor]).toEqual([false, '1']);
    const [below] = await evaluated(['--price', 'eth=1799.99']);
    expect(below.liquidatable).toBe(true);
  });

  test('a table for people', async () => {
    const { out } = await run(['evaluate', 'book', '--format', 'table']);
    expect(out).toMatch(/^id +collateral +debt +health factor/);
    // Nine digits at least, from the exact figures: health 383/300 and the drop 83/383 down, ltv 12/19 = 0.63157894736… up; the prices that a
    // fall reaches up (BTC: 5,550/0.117 = 47,435.897435…), that of the dollar, which a rise reaches, down.
    const cells = out.split('\n')[2]?.split(/ {2,}/);
    expect(cells).toEqual([
      'p1',
      '28500',
      '18000',
      '1.276666666',
      '0.631578948',
      'no',
      'eth 1800, btc 47435.89744, usdc 1.276666666',
      '0.2167101827',
    ]);
  });
});

describe('outcome', () => {
  test('only what is liquidatable, step by step', async () => {
    const healthy = await run(['outcome', 'book']);
    expect([healthy.code, JSON.parse(healthy.out).positions]).toEqual([0, []]);
    const { out } = await run(['outcome', 'book', '--price', 'eth=1700']);
    const [{ id, steps, badDebt, badDebtBearer }] = JSON.parse(out).positions;
    expect([id, badDebt, badDebtBearer]).toEqual(['p1', '0', null]);
    expect(steps.length).toBeGreaterThan(0);
    expect(steps[0].repaid.asset).toBe('usdc');
    expect(Number(steps.at(-1).healthFactorAfter)).toBeGreaterThanOrEqual(1);
  });

  test('a table for people: a row a step, with the bonus, what is left and who bears bad debt', async () => {
    const rowsAt = async (...prices: string[]) => {
      const { out } = await run([
        'outcome',
        'book',
        '--format',
        'table',
        ...prices.flatMap((each) => ['--price', each]),
      ]);
      return out.split('\n').map((line) => line.split(/ {2,}/));
    };
    const [heads, , ...rows] = await rowsAt('eth=1700');
    expect(heads?.slice(2, 7)).toEqual(['repaid', 'seized', 'fee', 'bonus', 'penalty']);
    // 7,055 + 10,530 = 17,585 of 18,000: half, 9,000, for 9,450 of BTC, which pays for more than ETH. Left 7,055 + 4,050·0.78 = 10,214 to carry
    // 9,000: 1.13488… down.
    expect(rows[0]).toEqual([
      'p1',
      '1',
      '9000 usdc',
      '0.105 btc',
      '–',
      '450',
      '450',
      '5 eth + 0.045 btc',
      '9000 usdc',
      '1.134888888',
      '0',
      '–',
    ]);
    // 5,000 and 1,500 pay for 6,500/1.05 = 6,190.476190… of 18,000: 11,809.523809… is bad, up; penalty 309.523809…, up.
    const [, , , second, sums] = await rowsAt('eth=1000', 'btc=10000');
    expect(second?.slice(-2)).toEqual(['11809.52381', "the borrowed reserve's suppliers, or Umbrella"]);
    expect(sums).toEqual(['p1', 'all', '309.5238096', '11809.52381', "the borrowed reserve's suppliers, or Umbrella"]);
  });
});

describe('what is wrong is said with its place, and nothing is written', () => {
  test.each([
    [BOOK.replace('"18000"', '"-18000"'), /line 11, column \d+: positions\[0\]\.debt\[0\]\.amount/],
    [BOOK.replace('"owner"', '"ownr"'), /line 6, column \d+: positions\[0\]\.ownr/],
    [
      BOOK.replace('"usdc": "1"', '"dai": "1"'),
      /line 11, column \d+: positions\[0\]\.debt\[0\]\.asset: there is no price/,
    ],
    [BOOK.replace('aave-v3', 'aave-v9'), /line 6, column \d+: positions\[0\]\.venue/],
    [
      BOOK.replace('"liquidationThreshold": "0.83", ', ''),
      /line 8, column \d+: positions\[0\]\.collateral\[0\]\.liquidationThreshold/,
    ],
    [BOOK.replace('"version": 1,', '"version": 1,,'), /line 2, column \d+: this is not JSON/],
    [CSV.replace(',18000,', ',x,'), /line 4, column amount/],
    [CSV.replace('debt,usdc', 'dept,usdc'), /line 4, column side/],
    [CSV.replace('p1,aave-v3,0x1,,debt', 'p1,morpho-blue,0x1,,debt'), /line 4, column venue/],
    [CSV.replace('borrow_rate', 'rate'), /line 1, column rate/],
  ])('%#', async (input, expected) => {
    const { code, out, error } = await run(['evaluate', '-'], input);
    expect([code, out]).toEqual([1, '']);
    expect(error).toMatch(expected);
  });

  test('a repeated id', async () => {
    const book = JSON.parse(BOOK);
    const twice = JSON.stringify({ ...book, positions: [book.positions[0], book.positions[0]] });
    const { code, error } = await run(['evaluate', '-'], twice);
    expect([code, error]).toEqual([1, expect.stringContaining('positions[1].id')]);
  });

  test.each([
    [['--price', 'sol=1'], 1],
    [['--shock', 'eth=-100%'], 1],
    [['--shock', 'eth=20'], 2],
    [['--price', 'eth'], 2],
    [['--colour'], 2],
    [['--format', 'xml'], 2],
  ] as const)('%j: exit %d', async (args, code) => {
    expect((await run(['evaluate', 'book', ...args])).code).toBe(code);
  });
});

test('usage: no verb, a verb that does not exist, no book, help', async () => {
  expect((await run([])).code).toBe(2);
  expect((await run(['stress', 'book'])).code).toBe(2);
  expect((await run(['toString', 'book'])).code).toBe(2);
  expect((await run(['evaluate'])).code).toBe(2);
  for (const args of [['--help'], ['evaluate', '--help'], ['outcome', '--help']]) {
    const { code, out } = await run(args);
    expect([code, out]).toEqual([0, expect.stringContaining('npm run -s ballast')]);
  }
});
