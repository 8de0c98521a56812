import type { ConditionReading, TriggerReading } from './evaluate-trigger';
import { formatLevel, formatMeasured, formatSpan } from './format-level';
import type { PreparedCondition, PreparedTrigger } from './prepare-trigger';
import type { Dwell, TriggerScope } from './trigger';
import type { PhraseNames } from './trigger-kind';

/** How what a trigger names is called. */
export interface TriggerNames {
  readonly namePosition: (id: string, book: string | undefined) => string;
  readonly nameOwner: (owner: string, book: string | undefined) => string;
  readonly nameBook: (book: string) => string;
  readonly nameAsset: (asset: string) => string;
}

/** "any position of Alice in Desk A". */
export function describeScope(scope: TriggerScope, names: TriggerNames): string {
  const within = scope.book === undefined ? '' : ` in ${names.nameBook(scope.book)}`;
  switch (scope.type) {
    case 'position':
      return `${names.namePosition(scope.id, scope.book)}${within}`;
    case 'owner':
      return `any position of ${names.nameOwner(scope.owner, scope.book)}${within}`;
    case 'tag':
      return `any position tagged “${scope.tag}”${within}`;
    case 'book':
      return `any position of ${names.nameBook(scope.book)}`;
    case 'asset':
      return `${names.nameAsset(scope.asset)}${within}`;
  }
}

const toPhraseNames = (scope: TriggerScope, names: TriggerNames): PhraseNames => ({
  subject: describeScope(scope, names),
  nameAsset: names.nameAsset,
});

function describeCondition({ kind, condition, params }: PreparedCondition, names: PhraseNames): string {
  const { side, level, rearm } = condition;
  const phrase =
    kind.phrase?.(params, names, { side, level }) ??
    `${kind.figure(params, names)} is ${side} ${formatLevel(level, kind.unit)}`;
  const back = rearm === undefined || rearm === level ? '' : ` (and again only after ${formatLevel(rearm, kind.unit)})`;
  return `${phrase}${back}`;
}

function describeDwell({ seconds, ticks }: Dwell): string {
  const parts = [seconds > 0 ? `for ${formatSpan(seconds)}` : '', ticks > 1 ? `in ${ticks} ticks` : ''];
  const held = parts.filter((text) => text !== '');
  return held.length > 0 ? `, ${held.join(' and ')}` : '';
}

/**
 * What a trigger will do, in one sentence for its builder: "Warn me when the health factor of Aave v3 of Alice is below 1.25, for 1 min; at most
 * once in 1 h." Levels to their last digit.
 */
export function describeTrigger({ trigger, conditions }: PreparedTrigger, names: TriggerNames): string {
  const phrases = conditions.map((condition) => describeCondition(condition, toPhraseNames(trigger.scope, names)));
  const cooldown = trigger.cooldownSeconds > 0 ? `; at most once in ${formatSpan(trigger.cooldownSeconds)}` : '';
  return `Warn me when ${phrases.join(trigger.combine === 'all' ? ' and ' : ' or ')}${describeDwell(trigger.dwell)}${cooldown}.`;
}

/** "Aave v3 of Alice: health factor 1.2041, below 1.25"; what cannot be seen says why, in its own words less their full stop. */
function describeReading({ figure, met }: ConditionReading, prepared: PreparedCondition): string {
  const { kind, condition } = prepared;
  const { side, level } = condition;
  const title = kind.title.charAt(0).toLowerCase() + kind.title.slice(1);
  const limit = formatLevel(level, kind.unit);
  if (!figure.known) return `${title}: ${figure.reason.text.replace(/\.$/, '')}`;
  if (figure.value === null) return `${title}: none`;
  const { value, of, isLiquidatable } = figure.value;
  const relation = isLiquidatable ? 'liquidatable' : `${met === 'true' ? '' : 'not '}${side} ${limit}`;
  return `${of.name}: ${title} ${formatMeasured(value, kind.unit, side)}, ${relation}`;
}

/** What was seen, one clause for each condition of `reading`, which is one of this trigger's: the sentence of a firing. */
export const describeFiring = ({ conditions }: PreparedTrigger, reading: TriggerReading): string =>
  `${conditions
    .flatMap((prepared, index) => {
      const one = reading.conditions[index];
      return one ? [describeReading(one, prepared)] : [];
    })
    .join('; ')}.`;
