import type { UnknownReason } from '@/lib/domain/known';
import type { FiringInput } from '@/lib/triggers/firing';
import type { Subject, SubjectAsset, SubjectPosition } from '@/lib/triggers/subject';
import type { Position } from '@/lib/venues/registry';
import { ChainPosition } from './chain-position';
import { findLegs } from './find-legs';
import { listAssetEverywhere, listSubjectAssets } from './list-assets';
import { listInputs } from './list-inputs';
import { namePosition, type SubjectPlan } from './plan-subjects';
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
    return [...held, ...missing.flatMap((key) => listAssetEverywhere(this.world, key))];
  }

  /** The prices that its figures stand on. */
  get inputs(): readonly FiringInput[] {
    const named = this.plan.named.flatMap((asset) =>
      findLegs(this.world.positions, asset).map(({ position }) => position),
    );
    return listInputs(this.world, [...new Set([...this.listPositions(), ...named])]);
  }

  private listPositions(): readonly Position[] {
    return this.plan.positionIds.flatMap((id) => this.world.positions.get(id) ?? []);
  }
}
