'use client';

import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { levelAffixes } from '@/lib/triggers/form/level-text';
import { type ConditionDraft, changeKind, changeSide, listKindsOf } from '@/lib/triggers/form/trigger-draft';
import { findTriggerKind } from '@/lib/triggers/registry';
import { CONDITION_SIDES, type ScopeType } from '@/lib/triggers/trigger';
import type { LevelUnit, ParamField } from '@/lib/triggers/trigger-kind';
import { describeBounds } from './describe-bounds';
import { SelectField, TextField } from './field';
import { type Option, withChosen } from './options';

export interface ConditionFieldsProps {
  readonly condition: ConditionDraft;
  readonly index: number;
  readonly scopeType: ScopeType;
  readonly assetOptions: readonly Option[];
  /** Assets are typed: they are a book's own. */
  readonly isOfBook: boolean;
  readonly set: (condition: ConditionDraft) => void;
  /** Left out: it is the only one. */
  readonly remove?: (() => void) | undefined;
}

const SIDE_LABELS = { below: 'is below', above: 'is above' } as const;
const CHANGE_LABELS = { below: 'falls by more than', above: 'rises by more than' } as const;
const sideLabels = (unit: LevelUnit) => (unit === 'change' ? CHANGE_LABELS : SIDE_LABELS);

type ParamProps = Pick<ConditionFieldsProps, 'assetOptions' | 'isOfBook'> & {
  readonly field: ParamField;
  readonly value: string;
  readonly of: string;
  readonly onChange: (text: string) => void;
};

function ParamInput({ field, value, of, onChange, assetOptions, isOfBook }: ParamProps) {
  const shared = { label: field.label, of, value, onChange };
  switch (field.input) {
    case 'asset':
      return isOfBook ? (
        <TextField {...shared} />
      ) : (
        <SelectField
          {...shared}
          none={field.isRequired ? 'Choose an asset' : 'Any'}
          options={withChosen(assetOptions, value)}
        />
      );
    case 'choice':
      return <SelectField {...shared} options={field.choices} />;
    case 'duration':
      return <TextField {...shared} hint="such as 30 min or 1 h" />;
  }
}

/** One condition: its kind, params, side and levels, all as the kind's definition says. */
export function ConditionFields(props: ConditionFieldsProps) {
  const { condition, index, scopeType, set, remove } = props;
  const kind = findTriggerKind(condition.kind);
  const path = `conditions[${index}]`;
  const kinds = listKindsOf(scopeType).map(({ id, title }) => ({ value: id, label: title }));
  const chosen = kind ? withChosen(kinds, '') : kinds;
  const isOffered = kinds.some(({ value }) => value === condition.kind);
  const options = isOffered || !kind ? chosen : [...chosen, { value: condition.kind, label: kind.title }];
  const sides = CONDITION_SIDES.filter((side) => kind?.sides[side]);
  const affixes = kind ? levelAffixes(kind.unit) : { before: '', after: '' };
  return (
    <fieldset className="grid gap-3 border-line border-b pb-3 last:border-0 last:pb-0">
      <legend className="sr-only">Condition {index + 1}</legend>
      <div className="flex items-start gap-2">
        <SelectField
          label="What is measured"
          of={`${path}.kind`}
          value={condition.kind}
          options={withChosen(options, condition.kind)}
          hint={kind?.explanation}
          onChange={(id) => set(changeKind(condition, id))}
          className="flex-1"
        />
        {remove && (
          <Button kind="quiet" aria-label={`Remove condition ${index + 1}`} onClick={remove} className="mt-5">
            <Icon name="close" />
          </Button>
        )}
      </div>
      {kind && (
        <div className="grid gap-3 sm:grid-cols-3">
          {kind.fields.map((field) => (
            <ParamInput
              key={field.key}
              {...props}
              field={field}
              of={`${path}.params.${field.key}`}
              value={condition.params[field.key] ?? ''}
              onChange={(text) => set({ ...condition, params: { ...condition.params, [field.key]: text } })}
            />
          ))}
          <SelectField
            label="Fires when it"
            of={`${path}.side`}
            value={condition.side}
            options={sides.map((side) => ({ value: side, label: sideLabels(kind.unit)[side] }))}
            onChange={(side) => set(changeSide(condition, side === 'above' ? 'above' : 'below'))}
          />
          <TextField
            label="Level"
            of={`${path}.level`}
            value={condition.level}
            {...affixes}
            hint={describeBounds(kind, condition.side)}
            onChange={(level) => set({ ...condition, level })}
          />
          <TextField
            label="Fires again only after"
            of={`${path}.rearm`}
            value={condition.rearm}
            {...affixes}
            hint={
              condition.side === 'below'
                ? 'at or above the level; empty: the level'
                : 'at or below the level; empty: the level'
            }
            onChange={(rearm) => set({ ...condition, rearm })}
          />
        </div>
      )}
    </fieldset>
  );
}
