import type { AssetFamily } from '@/lib/domain/asset-family';
import type { AssetKey } from '@/lib/domain/book-position';
import { InvalidInputError } from '@/lib/domain/errors';
import { findModel } from '@/lib/interchange/book';
import { toExportBook } from '@/lib/interchange/desk-to-book';
import { formatBookCsv } from '@/lib/interchange/format-book-csv';
import { formatBookJson } from '@/lib/interchange/format-book-json';
import { type BadDebts, computeBadDebts } from '@/lib/risk/exposure/bad-debts';
import { computeDeskItem } from '@/lib/risk/exposure/compute-desk-item';
import type { DeskBook, DeskItem, Standings } from '@/lib/risk/exposure/desk-book';
import { filterItems } from '@/lib/risk/exposure/desk-filter';
import { computeFallRanges, type ItemFalls } from '@/lib/risk/exposure/fall-ranges';
import { type Falling, isFalling } from '@/lib/risk/exposure/falls';
import { listUnlistedDollars, lookThrough, nameAsset } from '@/lib/risk/exposure/look-through';
import type { WhatIf } from '@/lib/scenarios/what-if';
import type { JobSession } from '../job-protocol';
import { type JobProgress, withPhase } from '../run-steps';
import { computeDeskDetail } from './compute-desk-detail';
import { computeDeskView } from './compute-desk-view';
import type {
  CheckedSource,
  DeskDetail,
  DeskFile,
  DeskJobs,
  DeskRow,
  DeskView,
  DeskViewRequest,
  FallChoice,
  OpenedDesk,
} from './desk-protocol';
import { findStanding } from './find-standing';
import { openSource } from './open-source';
import { isPriceMoved, shockPrices } from './shock-prices';
import { toDeskRow } from './to-desk-row';

/** Evaluations of other what-ifs are kept while there are few of them: a slider goes back and forth. */
const KEPT_EVALUATIONS = 4;

interface Falls {
  readonly ranges: readonly ItemFalls[];
  badDebts: readonly BadDebts[] | undefined;
}

/** The book at one what-if, and what was computed of it so far. */
interface Evaluated {
  /** Names its rows. */
  readonly key: string;
  readonly items: readonly DeskItem[];
  readonly rows: readonly DeskRow[];
  readonly falls: Map<Falling, Falls>;
}

type EvaluationRequest = Pick<DeskViewRequest, 'whatIf' | 'standings'>;

const nameEvaluation = (whatIf: WhatIf, standings: Standings | undefined): string =>
  JSON.stringify([whatIf, standings], (_, value) => (typeof value === 'bigint' ? String(value) : value));

const venueName = (venue: string): string => findModel(venue)?.name ?? venue;

/**
 * One open book and everything computed of it: the core that a worker and the main thread run alike. Jobs are generators that yield their
 * progress; what they compute is kept for each what-if and each fall.
 */
export class DeskSession implements JobSession<DeskJobs> {
  private book: DeskBook = { entries: [], symbols: new Map() };
  private opened = 0;
  private evaluated = 0;
  private readonly families = new Map<AssetKey, AssetFamily>();
  /** Of the open book, once a family was asked for. */
  private dollars: ReadonlySet<AssetKey> | undefined;
  /** Of the open book, by what was asked. */
  private readonly evaluations = new Map<string, Evaluated>();

  *check(source: DeskJobs['check']['input']): Generator<JobProgress, CheckedSource> {
    const { book, leftOut } = yield* openSource(source);
    return { count: book.entries.length, leftOut };
  }

  /** Replaces the open book, once the new one is read. Errors: `InvalidInputError` where a file is not in order; the old book stays. */
  *open(source: DeskJobs['open']['input']): Generator<JobProgress, OpenedDesk> {
    const { book, leftOut } = yield* openSource(source);
    this.book = book;
    this.opened += 1;
    this.families.clear();
    this.dollars = undefined;
    this.evaluations.clear();
    const venues = new Set(book.entries.map(({ venue }) => venue));
    const venueNames = Object.fromEntries([...venues].map((venue) => [venue, venueName(venue)]));
    const assumptions = [...venues].flatMap((venue) => findModel(venue)?.fallAssumption ?? []);
    return {
      ticket: this.opened,
      count: book.entries.length,
      leftOut,
      venueNames,
      assumptions,
      ...this.listFamilies(),
    };
  }

  /** Everything the screen shows. Errors: `InvalidInputError` BOOK_CHANGED where another book was opened since. */
  *view(request: DeskViewRequest): Generator<JobProgress, DeskView> {
    this.requireTicket(request);
    const { falling, filter, withBadDebt } = request;
    const evaluated = yield* this.evaluate(request);
    const falls = yield* this.computeFalls(evaluated, falling, withBadDebt);
    const marked = filter.fall ? yield* this.computeFalls(evaluated, filter.fall.falling, false) : undefined;
    return computeDeskView(request, {
      ...evaluated,
      ranges: falls.ranges,
      badDebts: falls.badDebts,
      markedRanges: marked?.ranges,
      labelOf: (key) => this.labelOf(request, key),
      ...this.context,
    });
  }

  /** One position with everything its venue's model says of it. Errors: `InvalidInputError` BOOK_CHANGED as of `view`. */
  *detail(request: DeskJobs['detail']['input']): Generator<JobProgress, DeskDetail | undefined> {
    this.requireTicket(request);
    const { items, rows } = yield* this.evaluate(request);
    const index = items.findIndex(({ entry }) => entry.id === request.id);
    const [item, row] = [items[index], rows[index]];
    return item && row && computeDeskDetail(item, row, findModel, this.context.nameOf);
  }

  /** The positions in view as a file, at the book's own prices. */
  *save({ format, view }: DeskJobs['save']['input']): Generator<JobProgress, DeskFile> {
    this.requireTicket(view);
    const evaluated = yield* this.evaluate(view);
    const { fall } = view.filter;
    const marked = fall ? yield* this.computeFalls(evaluated, fall.falling, false) : undefined;
    const chosen = filterItems(evaluated.items, marked?.ranges, view.filter, this.context);
    const entries = chosen.flatMap((index) => this.book.entries[index] ?? []);
    const { book, leftOut } = toExportBook(entries, this.book.asOf, format);
    const text = format === 'json' ? formatBookJson(book) : formatBookCsv(book);
    return { text, count: book.positions.length, leftOut };
  }

  private requireTicket({ ticket }: Pick<DeskViewRequest, 'ticket'>): void {
    if (ticket !== this.opened) throw new InvalidInputError('BOOK_CHANGED', 'Another book was opened meanwhile.');
  }

  private readonly context = {
    familyOf: (asset: AssetKey): string => this.familyOf(asset).key,
    nameOf: (asset: AssetKey): string => nameAsset(asset, this.book.symbols),
    venueName,
  };

  private familyOf(asset: AssetKey): AssetFamily {
    const known = this.families.get(asset);
    if (known) return known;
    this.dollars ??= listUnlistedDollars(this.book);
    const through = lookThrough(asset, this.book.symbols);
    const family = this.dollars.has(asset) ? { ...through, stable: true } : through;
    this.families.set(asset, family);
    return family;
  }

  private listFamilies(): Pick<OpenedDesk, 'choices' | 'held'> {
    const assets = this.book.entries.flatMap(({ position }) =>
      position ? [...position.collateral, ...position.debt].map(({ asset }) => asset) : [],
    );
    const families = new Map([...new Set(assets)].map((asset) => [this.familyOf(asset).key, this.familyOf(asset)]));
    const sorted = [...families.values()].sort((a, b) => (a.label < b.label ? -1 : 1));
    const choices: readonly FallChoice[] = [
      { key: 'all', label: 'everything but dollars' },
      ...[...sorted.filter(({ stable }) => !stable), ...sorted.filter(({ stable }) => stable)].map(
        ({ key, label }) => ({
          key,
          label,
        }),
      ),
    ];
    return { choices, held: sorted.filter(({ stable }) => stable).map(({ label }) => label) };
  }

  private labelOf({ dimension, lookThrough: isThrough }: DeskViewRequest, key: string): string {
    if (dimension === 'venue') return venueName(key);
    if (dimension !== 'asset') return key;
    if (!isThrough) return this.context.nameOf(key);
    return [...this.families.values()].find((family) => family.key === key)?.label ?? key;
  }

  private *evaluate({ whatIf, standings }: EvaluationRequest): Generator<JobProgress, Evaluated> {
    const asked = nameEvaluation(whatIf, standings);
    const kept = this.evaluations.get(asked);
    if (kept) return kept;
    const shocked = new Map<unknown, ReturnType<typeof shockPrices>>();
    const items: DeskItem[] = [];
    for (const entry of this.book.entries) {
      const prices = shocked.get(entry.prices) ?? shockPrices(entry.prices, whatIf, (asset) => this.familyOf(asset));
      shocked.set(entry.prices, prices);
      items.push(computeDeskItem({ ...entry, prices, standing: findStanding(standings, entry.id) }, findModel));
      yield { phase: 'Evaluating', done: items.length, total: this.book.entries.length };
    }
    const isMoved = (asset: AssetKey): boolean => isPriceMoved(whatIf, this.familyOf(asset));
    const rows = items.map((item) => toDeskRow(item, this.context.nameOf, venueName, isMoved));
    this.evaluated += 1;
    const evaluated: Evaluated = { key: `${this.opened} ${this.evaluated}`, items, rows, falls: new Map() };
    this.keep(asked, evaluated);
    return evaluated;
  }

  private keep(asked: string, evaluated: Evaluated): void {
    const [oldest] = this.evaluations.keys();
    if (oldest !== undefined && this.evaluations.size >= KEPT_EVALUATIONS) this.evaluations.delete(oldest);
    this.evaluations.set(asked, evaluated);
  }

  private *computeFalls(
    { items, falls }: Evaluated,
    falling: Falling,
    withBadDebt: boolean,
  ): Generator<JobProgress, Falls> {
    const isTouched = (asset: AssetKey): boolean => isFalling(this.familyOf(asset), falling);
    let found = falls.get(falling);
    if (!found) {
      const counts = computeFallRanges(items, findModel, isTouched);
      found = { ranges: yield* withPhase('Letting prices fall', items.length, counts), badDebts: undefined };
      falls.set(falling, found);
    }
    if (withBadDebt && !found.badDebts) {
      const counts = computeBadDebts(items, found.ranges, findModel, isTouched);
      found.badDebts = yield* withPhase('Liquidating at each fall', items.length, counts);
    }
    return found;
  }

  /** The generator of a job by its name. Errors: `InvalidInputError` JOB for a name that is none. */
  start<Name extends keyof DeskJobs & string>(
    name: Name,
    input: DeskJobs[Name]['input'],
  ): Generator<JobProgress, DeskJobs[Name]['output']> {
    // The record ties names to methods; TypeScript cannot follow that through a union.
    const jobs = {
      check: this.check,
      open: this.open,
      view: this.view,
      detail: this.detail,
      save: this.save,
    } as unknown as {
      readonly [N in keyof DeskJobs]: (given: DeskJobs[N]['input']) => Generator<JobProgress, DeskJobs[N]['output']>;
    };
    if (!Object.hasOwn(jobs, name)) throw new InvalidInputError('JOB', `There is no job "${String(name)}".`);
    return jobs[name].call(this, input);
  }
}
