import type { UnknownReason } from '@/lib/domain/known';
import { type ConditionStanding, describeStanding } from '@/lib/triggers/describe-standing';
import { evaluateTrigger, type TriggerReading } from '@/lib/triggers/evaluate-trigger';
import { prepareTrigger } from '@/lib/triggers/prepare-trigger';
import type { Trigger } from '@/lib/triggers/trigger';
import type { Truth } from '@/lib/triggers/truth';
import { compareRational } from '@/lib/units/rational';
import { planSubjects } from './plan-subjects';
import { PlannedSubject } from './planned-subject';
import type { World } from './world';

/** Where a trigger stands on one of the positions, assets or wholes that it is measured on. */
export interface SubjectStanding {
  readonly id: string;
  readonly name: string;
  /** true: it would fire, but for its dwell. */
  readonly met: Truth;
  readonly conditions: readonly ConditionStanding[];
}

interface Read {
  readonly subject: PlannedSubject;
  readonly reading: TriggerReading;
  readonly unseen: UnknownReason | undefined;
}

const URGENCY: Readonly<Record<Truth, number>> = { true: 0, unknown: 1, false: 2 };

/** What fires first; of those that do not, the one whose first figure is furthest on its side. */
function compareReads({ reading: a }: Read, { reading: b }: Read): number {
  if (a.met !== b.met) return URGENCY[a.met] - URGENCY[b.met];
  const [first, second] = [a.conditions[0]?.figure, b.conditions[0]?.figure];
  const left = first?.known ? first.value : undefined;
  const right = second?.known ? second.value : undefined;
  if (!left || !right) return (left ? 0 : 1) - (right ? 0 : 1);
  const order = compareRational(left.value, right.value);
  return a.conditions[0]?.condition.side === 'above' ? -order : order;
}

/**
 * Where a trigger stands now on each of its subjects, the most urgent first. The whole that stands beside positions or assets only to say what
 * could not be read is left out where there is nothing to say.
 *
 * Example: a health factor below 1.25 of an owner with positions at 1.4 and 1.2: the second (met), then the first.
 */
export function listStandings(trigger: Trigger, world: World): readonly SubjectStanding[] {
  const prepared = prepareTrigger(trigger);
  const reads = planSubjects(prepared, world).map((plan): Read => {
    const subject = new PlannedSubject(plan, world);
    return { subject, reading: evaluateTrigger(prepared, subject), unseen: subject.unseen };
  });
  const telling = reads.filter(({ subject, unseen }) => {
    const isEmpty = subject.positions.length === 0 && subject.assets.length === 0;
    return reads.length === 1 || !isEmpty || unseen !== undefined;
  });
  return [...telling].sort(compareReads).map(({ subject, reading }) => ({
    id: subject.id,
    name: subject.name,
    met: reading.met,
    conditions: describeStanding(prepared, reading),
  }));
}
