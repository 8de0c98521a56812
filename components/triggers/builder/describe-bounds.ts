import { formatLevelText, levelAffixes } from '@/lib/triggers/form/level-text';
import type { ConditionSide } from '@/lib/triggers/trigger';
import type { TriggerKind } from '@/lib/triggers/trigger-kind';

/** What a level may be, as it is typed. `describeBounds(distance, 'below')` is "from 0.1 to 1000 %". */
export function describeBounds(kind: TriggerKind<unknown>, side: ConditionSide): string {
  const bounds = kind.sides[side];
  if (!bounds) return '';
  const { before, after } = levelAffixes(kind.unit);
  const ends = [bounds.least, bounds.most].map((bound) => formatLevelText(bound, kind.unit, side));
  // Of a fall, kept with a minus, the least is the deepest.
  const [least = '', most = ''] =
    ends[0]?.startsWith('-') || Number(ends[0]) <= Number(ends[1]) ? ends : [...ends].reverse();
  const text = kind.unit === 'duration' ? ends.join(' to ') : `${before}${least} to ${before}${most}`;
  return `from ${text}${after && ` ${after}`}`;
}
