import type { AssetKey, BookPosition } from '@/lib/domain/book-position';
import type { UnknownReason } from '@/lib/domain/known';
import type { FiringInput } from '@/lib/triggers/firing';
import type { Subject, SubjectAsset, SubjectPosition } from '@/lib/triggers/subject';
import { type Position, rulesOf } from '@/lib/venues/registry';
import { listBookAssets } from './books/book-prices';
import { BookSubjectPosition } from './books/book-subject-position';
import { listBookSubjectAssets } from './books/list-book-subject-assets';
import { ChainPosition } from './chain-position';
import { findLegs } from './find-legs';
import { listAssetEverywhere, listSubjectAssets } from './list-assets';
import { listInputs } from './list-inputs';
import { namePosition } from './plan-subjects';
import type { SubjectPlan } from './subject-plan';
import type { World } from './world';

/** A planned subject in the world of one moment. What no condition asks for is not worked out. */
export class PlannedSubject implements Subject {
  private listedPositions: readonly SubjectPosition[] | undefined;
  private listedAssets: readonly SubjectAsset[] | undefined;

  constructor(
    private readonly plan: SubjectPlan,
    /** The moment it is looked at. */
    readonly world: World,
  ) {}

  get id(): string {
    return this.plan.id;
  }

  get name(): string {
    return this.plan.name;
  }

  /** Of a stored book; else of the chain. */
  get isOfBook(): boolean {
    return this.plan.book !== undefined;
  }

  get unseen(): UnknownReason | undefined {
    const { blind } = this.world;
    return blind ?? this.plan.unseen;
  }

  get positions(): readonly SubjectPosition[] {
    this.listedPositions ??=
      this.plan.book === undefined
        ? this.listPositions().map(
            (position) => new ChainPosition(position, namePosition(position, this.world), this.world),
          )
        : this.listBookPositions().map((position) => new BookSubjectPosition(position, this.world));
    return this.listedPositions;
  }

  get assets(): readonly SubjectAsset[] {
    this.listedAssets ??= this.listAssets();
    return this.listedAssets;
  }

  private listAssets(): readonly SubjectAsset[] {
    const { asset, named, book } = this.plan;
    if (book !== undefined) return listBookSubjectAssets(this.world, this.listBookPositions(), named, asset);
    const held = listSubjectAssets(this.world, this.listPositions(), asset);
    const missing = named.filter((key) => held.every(({ id }) => id !== key));
    if (missing.length === 0) return held;
    return [...held, ...missing.flatMap((key) => listAssetEverywhere(this.world, key))];
  }

  /** The prices that its figures stand on. */
  get inputs(): readonly FiringInput[] {
    const { named, book } = this.plan;
    if (book !== undefined) return this.listBookInputs();
    const own = this.listPositions();
    const held = new Set(
      own.flatMap((position) =>
        rulesOf(position)
          .listLegs(position)
          .map(({ asset }) => asset.id),
      ),
    );
    // Elsewhere only what it does not hold itself: of thousands that hold the same, each would be gone through.
    const elsewhere = named.filter((asset) => !(held as ReadonlySet<AssetKey>).has(asset));
    return listInputs(this.world, [...new Set([...own, ...this.listHolders(elsewhere)])]);
  }

  /** Of a book's assets the prices alone: whoever else holds them is no part of it. */
  private listBookInputs(): readonly FiringInput[] {
    const assets = [...new Set([...this.listBookPositions().flatMap(listBookAssets), ...this.plan.named])];
    return listInputs(this.world, this.listHolders(assets)).filter(({ asset }) => assets.includes(asset));
  }

  private listHolders(assets: readonly AssetKey[]): readonly Position[] {
    return assets.flatMap((asset) => findLegs(this.world.positions, asset).map(({ position }) => position));
  }

  private listBookPositions(): readonly BookPosition[] {
    const { book, positionIds } = this.plan;
    const positions = book === undefined ? undefined : this.world.books.get(book)?.positions;
    return positionIds.flatMap((id) => positions?.get(id) ?? []);
  }

  private listPositions(): readonly Position[] {
    return this.plan.positionIds.flatMap((id) => this.world.positions.get(id) ?? []);
  }
}
