import type { PriceBook } from '@/lib/domain/book-position';
import { computeSettlement } from '@/lib/interchange/compute-settlement';
import { formatEvaluation } from '@/lib/interchange/format-evaluation';
import { formatOutcome } from '@/lib/interchange/format-outcome';
import type { CheckedBook } from '@/lib/interchange/stream-book';
import { formatTable } from './format-table';
import { listOutcomeRows, OUTCOME_HEADS } from './list-outcome-rows';

export interface Verb {
  readonly summary: string;
  readonly help: string;
  /** JSON, one position after the other, so that no book is ever held as a whole. */
  writeJson(book: CheckedBook, prices: PriceBook, write: (text: string) => Promise<void>): Promise<void>;
  /** For people: the columns' widths ask for all of it. */
  formatTable(book: CheckedBook, prices: PriceBook): Promise<string>;
}

const OPTIONS = `BOOK is a file in the book format, JSON or CSV, or - for standard input. The shortest one (docs/book-format.md has all of it):

  {"version": 1, "prices": {"eth": "3000", "usdc": "1"}, "positions": [{"id": "p1", "venue": "custom",
   "collateral": [{"asset": "eth", "amount": "5", "liquidationThreshold": "0.8"}], "debt": [{"asset": "usdc", "amount": "9000"}]}]}

  --price ASSET=PRICE    put this price in the place of the book's; may be repeated
  --shock ASSET=CHANGE%  move the price of this one asset of the book, after --price; may be repeated: what moves with it
                         (wstETH with ETH) is an asset of its own here and has to be named too
  --format json|table    json (default) for programs, table for people
  --help                 this text

Exit: 0; 1 for bad input, with its place; 2 for a command that cannot be understood.`;

/** So much text goes out at once. */
const OUTPUT_LENGTH = 65_536;

async function writePositions<Item>(items: AsyncIterable<Item>, write: (text: string) => Promise<void>): Promise<void> {
  let text = '{"version":1,"positions":[';
  let separator = '\n';
  for await (const item of items) {
    text += `${separator}${JSON.stringify(item)}`;
    separator = ',\n';
    if (text.length < OUTPUT_LENGTH) continue;
    await write(text);
    text = '';
  }
  await write(`${text}\n]}\n`);
}

async function collect<Item, Result>(items: AsyncIterable<Item>, toResult: (item: Item) => Result) {
  const results: Result[] = [];
  for await (const item of items) results.push(toResult(item));
  return results;
}

/** What a table has room for. Each figure is rounded against the user from the exact one: cut off from the JSON's text, some would fall in his favour. */
const TABLE_DIGITS = 9;
const NONE = '–';

async function* evaluateAll(book: CheckedBook, prices: PriceBook, significant?: number) {
  for await (const position of book.readPositions()) yield formatEvaluation(position, prices, significant);
}

/** Positions that are not liquidatable are left out. */
async function* settleAll(book: CheckedBook, prices: PriceBook) {
  for await (const position of book.readPositions()) {
    const record = formatOutcome(position, prices);
    if (record) yield record;
  }
}

async function collectOutcomeRows(book: CheckedBook, prices: PriceBook) {
  const rows: (readonly string[])[] = [];
  for await (const position of book.readPositions()) {
    const settled = computeSettlement(position, prices);
    if (settled) rows.push(...listOutcomeRows(position.id, settled, TABLE_DIGITS));
  }
  return rows;
}

const listPrices = (prices: Readonly<Record<string, string | null>>): string =>
  Object.entries(prices)
    .flatMap(([asset, price]) => (price === null ? [] : [`${asset} ${price}`]))
    .join(', ') || 'none';

const evaluate: Verb = {
  summary: 'what each position is worth, how safe it is, and where it is liquidated',
  help: `npm run -s ballast -- evaluate BOOK [options]

Of each position: value of collateral and debt, health factor, ltv, collateral ratio, whether it is liquidatable, the liquidation price of
each asset alone with the others held, and the uniform liquidation drop. Exact, at least 18 significant digits, rounded against the user.

${OPTIONS}

Example: npm run -s ballast -- evaluate book.json --shock eth=-20% --format table`,
  writeJson: (book, prices, write) => writePositions(evaluateAll(book, prices), write),
  formatTable: async (book, prices) =>
    formatTable(
      ['id', 'collateral', 'debt', 'health factor', 'ltv', 'liquidatable', 'liquidation prices', 'all together'],
      await collect(evaluateAll(book, prices, TABLE_DIGITS), (record) => [
        record.id,
        record.collateralValue,
        record.debtValue,
        record.healthFactor ?? NONE,
        record.ltv ?? NONE,
        record.liquidatable ? 'yes' : 'no',
        listPrices(record.liquidationPrices),
        record.uniformLiquidationDrop ?? 'none',
      ]),
    ),
};

const outcome: Verb = {
  summary: 'what liquidations make of each position that is liquidatable, step by step',
  help: `npm run -s ballast -- outcome BOOK --price ASSET=PRICE [options]

Of each liquidatable position the steps: repaid, seized, the protocol's fee, the penalty, what is left, the health factor after, bad debt
and who bears it; the table adds the liquidator's bonus. The liquidator takes the most the rules allow, on the pair that pays it most. A position that is not liquidatable at
these prices is left out.

${OPTIONS}

Example: npm run -s ballast -- outcome book.json --price eth=2000 --format table`,
  writeJson: (book, prices, write) => writePositions(settleAll(book, prices), write),
  formatTable: async (book, prices) => formatTable(OUTCOME_HEADS, await collectOutcomeRows(book, prices)),
};

/** Every verb of the command line, one line each. */
export const verbs: Readonly<Record<string, Verb>> = { evaluate, outcome };
