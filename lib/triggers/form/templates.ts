import type { ScopeType } from '../trigger';
import { createCondition, listKindsOf, type TriggerDraft } from './trigger-draft';

type Part = Pick<TriggerDraft, 'severity' | 'combine'> &
  Partial<Pick<TriggerDraft, 'dwellFor' | 'dwellTicks' | 'cooldown'>> & {
    readonly conditions: readonly { readonly kind: string; readonly level?: string; readonly rearm?: string }[];
  };

/** Something to begin with: what of a draft it sets; whom it watches stays as it is. */
export interface TriggerTemplate {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly sets: Part;
}

/** What people ask for most, the most urgent first. Levels are as they are typed; left out: the kind's own suggestion. */
const TRIGGER_TEMPLATES: readonly TriggerTemplate[] = [
  {
    id: 'before-liquidation',
    title: 'Before liquidation',
    detail: 'A price is within 10 % of liquidating, again from 12 %',
    sets: {
      severity: 'critical',
      combine: 'any',
      cooldown: '15 min',
      conditions: [{ kind: 'distance', level: '10', rearm: '12' }],
    },
  },
  {
    id: 'health-low',
    title: 'Health factor low',
    detail: 'Below 1.25, again from 1.3',
    sets: {
      severity: 'warning',
      combine: 'any',
      cooldown: '15 min',
      conditions: [{ kind: 'health-factor', level: '1.25', rearm: '1.3' }],
    },
  },
  {
    id: 'next-update',
    title: 'Next oracle update is dangerous',
    detail: 'At market prices the health factor would be below 1.05',
    sets: {
      severity: 'critical',
      combine: 'any',
      dwellTicks: '2',
      cooldown: '5 min',
      conditions: [{ kind: 'implied-price', level: '1.05', rearm: '1.08' }],
    },
  },
  {
    id: 'oracle-trouble',
    title: 'Oracle in trouble',
    detail: 'Silent past its heartbeat, or off the market',
    sets: {
      severity: 'warning',
      combine: 'any',
      cooldown: '1 h',
      conditions: [{ kind: 'oracle-stale' }, { kind: 'oracle-deviation' }],
    },
  },
  {
    id: 'depeg',
    title: 'Stablecoin off its peg',
    detail: 'By more than 1 % for a minute',
    sets: {
      severity: 'warning',
      combine: 'any',
      dwellFor: '1 min',
      cooldown: '1 h',
      conditions: [{ kind: 'peg-deviation', level: '1', rearm: '0.5' }],
    },
  },
  {
    id: 'sharp-fall',
    title: 'A price falls sharply',
    detail: 'By more than 10 % within an hour',
    sets: {
      severity: 'warning',
      combine: 'any',
      cooldown: '1 h',
      conditions: [{ kind: 'price-move', level: '10' }],
    },
  },
  {
    id: 'costly-debt',
    title: 'Borrowing gets expensive',
    detail: 'The borrow rate is high for ten minutes',
    sets: {
      severity: 'info',
      combine: 'any',
      dwellFor: '10 min',
      cooldown: '1 d',
      conditions: [{ kind: 'borrow-rate' }],
    },
  },
];

/** A draft after a template: conditions, severity and times are the template's, all else stays. */
export const applyTemplate = (draft: TriggerDraft, { sets }: TriggerTemplate): TriggerDraft => {
  const { conditions, ...rest } = sets;
  return {
    ...draft,
    dwellFor: '',
    dwellTicks: '1',
    cooldown: '',
    ...rest,
    conditions: conditions.map(({ kind, ...wanted }, key) => createCondition(kind, key, wanted)),
  };
};

/** Templates of which every condition fits a scope. */
export const listTemplatesOf = (scope: ScopeType): readonly TriggerTemplate[] => {
  const allowed = new Set<string>(listKindsOf(scope).map(({ id }) => id));
  return TRIGGER_TEMPLATES.filter(({ sets }) => sets.conditions.every(({ kind }) => allowed.has(kind)));
};
