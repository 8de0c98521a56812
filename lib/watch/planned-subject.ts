import type { UnknownReason } from '@/lib/domain/known';
import type { Subject, SubjectAsset, SubjectPosition } from '@/lib/triggers/subject';
import type { Position } from '@/lib/venues/registry';
import { ChainPosition } from './chain-position';
import { listSubjectAssets } from './list-assets';
import { namePosition, type SubjectPlan } from './plan-subjects';
import type { World } from './world';

/** A planned subject in the world of one moment. What no condition asks for is not worked out. */
export class PlannedSubject implements Subject {
  private listedPositions: readonly SubjectPosition[] | undefined;
  private listedAssets: readonly SubjectAsset[] | undefined;

  constructor(
    private readonly plan: SubjectPlan,
    private readonly world: World,
  ) {}

  get id(): string {
    return this.plan.id;
  }

  get name(): string {
    return this.plan.name;
  }

  get unseen(): UnknownReason | undefined {
    const { blind } = this.world;
    return blind ?? this.plan.unseen;
  }

  get positions(): readonly SubjectPosition[] {
    this.listedPositions ??= this.listPositions().map(
      (position) => new ChainPosition(position, namePosition(position, this.world), this.world),
    );
    return this.listedPositions;
  }

  get assets(): readonly SubjectAsset[] {
    this.listedAssets ??= this.listAssets();
    return this.listedAssets;
  }

  private listAssets(): readonly SubjectAsset[] {
    const { asset, named } = this.plan;
    const held = listSubjectAssets(this.world, this.listPositions(), asset);
    const missing = named.filter((key) => held.every(({ id }) => id !== key));
    if (missing.length === 0) return held;
    const everywhere = [...this.world.positions.values()];
    return [
      ...held,
      ...missing.flatMap((key) =>
        listSubjectAssets(this.world, everywhere, key).map((each) => ({ ...each, isOwed: true })),
      ),
    ];
  }

  private listPositions(): readonly Position[] {
    return this.plan.positionIds.flatMap((id) => this.world.positions.get(id) ?? []);
  }
}
