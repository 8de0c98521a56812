import type { Asset } from '@/lib/domain/asset';
import type { BacktestSample } from '@/lib/triggers/backtest/run-backtest';
import { listNamedAssets } from '@/lib/triggers/parse-trigger';
import { type PreparedTrigger, prepareTrigger } from '@/lib/triggers/prepare-trigger';
import type { Subject } from '@/lib/triggers/subject';
import type { Trigger } from '@/lib/triggers/trigger';
import { type Position, rulesOf } from '@/lib/venues/registry';
import { planSubjects } from '../plan-subjects';
import { PlannedSubject } from '../planned-subject';
import type { SubjectPlan } from '../subject-plan';
import type { World } from '../world';
import { PriceTracks } from './price-tracks';

/** What a preview is of: the subjects that the trigger would watch now, and the assets that their figures stand on. */
export interface PreviewPlan {
  readonly prepared: PreparedTrigger;
  readonly subjects: readonly SubjectPlan[];
  /** Of the positions that have to do with it, and nothing else. */
  readonly world: World;
  readonly assets: readonly Asset[];
}

const listAssets = (positions: readonly Position[]): readonly Asset[] => {
  const legs = positions.flatMap((position) => rulesOf(position).listLegs(position));
  return [...new Map(legs.map(({ asset }) => [asset.id, asset])).values()];
};

function toWorld(positions: readonly Position[]): World {
  return {
    blind: undefined,
    block: positions[0]?.block,
    positions: new Map(positions.map((position) => [position.id, position])),
    readOwners: new Set(positions.map(({ owner }) => owner.toLowerCase())),
    unread: new Map(),
    books: new Map(),
    marketPrices: new Map(),
    nowMs: 0,
    prices: new PriceTracks(),
    nameOwner: (owner) => owner,
  };
}

/**
 * Of a trigger that is not saved yet and the positions that were read. The whole beside single positions, which says what could not be read, is no
 * subject of a preview. No subjects: nothing that was read has to do with the trigger.
 */
export function planPreview(trigger: Trigger, positions: readonly Position[]): PreviewPlan {
  const prepared = prepareTrigger(trigger);
  const all = toWorld(positions);
  const named = new Set<string>(listNamedAssets(trigger));
  const planned = planSubjects(prepared, all);
  const subjects = planned.flatMap((plan): SubjectPlan[] => {
    if (plan.positionIds.length > 0) return [plan];
    // An asset that is looked at for itself has no positions; whose warning it would be are those that have it.
    const holders = positions.filter((position) => listAssets([position]).some(({ id }) => plan.named.includes(id)));
    return trigger.scope.type === 'asset' && holders.length > 0 ? [plan] : [];
  });
  const ids = new Set(subjects.flatMap(({ positionIds }) => positionIds));
  const involved = positions.filter(
    (position) =>
      ids.has(position.id) || (subjects.length > 0 && listAssets([position]).some(({ id }) => named.has(id))),
  );
  return { prepared, subjects, world: toWorld(involved), assets: listAssets(involved) };
}

/** A subject at one moment. Of an asset that is looked at for itself the positions are those that have it, so that their liquidations count. */
export function toSample(plan: SubjectPlan, world: World): BacktestSample {
  const subject = new PlannedSubject(plan, world);
  if (plan.positionIds.length > 0) return { atMs: world.nowMs, subject };
  const holders = new PlannedSubject({ ...plan, positionIds: [...world.positions.keys()] }, world);
  const withHolders: Subject = {
    id: subject.id,
    name: subject.name,
    unseen: subject.unseen,
    get positions() {
      return holders.positions;
    },
    get assets() {
      return subject.assets;
    },
  };
  return { atMs: world.nowMs, subject: withHolders };
}
