import { compareRational } from '@/lib/units/rational';
import { formatLevel, parseLevel } from './format-level';
import { findTriggerKind } from './registry';
import type { TriggerCondition, TriggerScope } from './trigger';
import { faultAt, listFaults, type TriggerFault } from './trigger-fault';
import type { TriggerKind } from './trigger-kind';

type Checked =
  | { readonly condition: TriggerCondition; readonly faults: readonly [] }
  | { readonly condition: undefined; readonly faults: readonly TriggerFault[] };

type Path = readonly PropertyKey[];

/** A level or a second one: within what the kind allows on that side, and of whole seconds where it is a time. */
function findLevelFault(text: string, kind: TriggerKind<unknown>, side: TriggerCondition['side'], path: Path) {
  const bounds = kind.sides[side];
  if (!bounds) return undefined;
  if (kind.unit === 'duration' && text.includes('.')) return faultAt(path, 'must be a whole number of seconds');
  const level = parseLevel(text);
  if (compareRational(level, parseLevel(bounds.least)) >= 0 && compareRational(level, parseLevel(bounds.most)) <= 0) {
    return undefined;
  }
  const [least, most] = [bounds.least, bounds.most].map((bound) => formatLevel(bound, kind.unit));
  return faultAt(path, `must be from ${bounds.least} to ${bounds.most} (${least} to ${most})`);
}

/** Below fires first as a figure falls, so it re-arms higher; above the other way round. */
function findRearmFault({ side, level, rearm }: TriggerCondition, path: Path) {
  if (rearm === undefined) return undefined;
  const order = compareRational(parseLevel(rearm), parseLevel(level));
  if (side === 'below' ? order >= 0 : order <= 0) return undefined;
  return faultAt([...path, 'rearm'], side === 'below' ? 'must not be below the level' : 'must not be above the level');
}

/** In the scope of an asset, an asset that is left out is that one. */
function fillAsset(params: TriggerCondition['params'], kind: TriggerKind<unknown>, scope: TriggerScope) {
  const takesAsset = kind.fields.some(({ input }) => input === 'asset');
  return takesAsset && scope.type === 'asset' && params.asset === undefined
    ? { ...params, asset: scope.asset }
    : params;
}

/**
 * One condition held against its kind and the trigger's scope: every fault with its place beneath `path`, or the condition with its params as its
 * kind's schema reads them.
 */
export function checkCondition(condition: TriggerCondition, scope: TriggerScope, path: Path): Checked {
  const kind = findTriggerKind(condition.kind);
  if (!kind)
    return { condition: undefined, faults: [faultAt([...path, 'kind'], `there is no kind "${condition.kind}"`)] };
  const { side, level, rearm } = condition;
  const read = kind.params.safeParse(fillAsset(condition.params, kind, scope));
  const params = read.success ? (read.data as TriggerCondition['params']) : {};
  const needsAsset = kind.fields.some((field) => field.input === 'asset' && field.isRequired);
  const faults = [
    kind.scopes.includes(scope.type)
      ? undefined
      : faultAt(['scope', 'type'], `${kind.title} needs one of ${kind.scopes.join(', ')}`),
    kind.sides[side]
      ? undefined
      : faultAt([...path, 'side'], `${kind.title} allows only ${Object.keys(kind.sides).join(', ')}`),
    findLevelFault(level, kind, side, [...path, 'level']),
    rearm === undefined ? undefined : findLevelFault(rearm, kind, side, [...path, 'rearm']),
    findRearmFault(condition, path),
    ...(read.success ? [] : listFaults(read.error, [...path, 'params'])),
    read.success && needsAsset && params.asset === undefined
      ? faultAt([...path, 'params', 'asset'], 'must name an asset')
      : undefined,
  ].filter((fault) => fault !== undefined);
  return faults.length > 0 ? { condition: undefined, faults } : { condition: { ...condition, params }, faults: [] };
}
