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
    const { asset, unseen } = this.plan;
    if (blind || unseen || asset === undefined) return blind ?? unseen;
    if (this.assets.length > 0) return undefined;
    return { code: 'asset-unknown', text: `No position that is watched has the asset ${asset}.` };
  }

  get positions(): readonly SubjectPosition[] {
    this.listedPositions ??= this.listPositions().map(
      (position) => new ChainPosition(position, namePosition(position, this.world), this.world),
    );
    return this.listedPositions;
  }

  get assets(): readonly SubjectAsset[] {
    const { asset } = this.plan;
    this.listedAssets ??=
      asset === undefined
        ? listSubjectAssets(this.world, this.listPositions())
        : listSubjectAssets(this.world, [...this.world.positions.values()], asset);
    return this.listedAssets;
  }

  private listPositions(): readonly Position[] {
    return this.plan.positionIds.flatMap((id) => this.world.positions.get(id) ?? []);
  }
}
