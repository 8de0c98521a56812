'use client';

import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Panel } from '@/components/ui/panel';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { policy } from '@/lib/config/policy';
import {
  type ConditionDraft,
  createCondition,
  listKindsOf,
  nextKey,
  type TriggerDraft,
} from '@/lib/triggers/form/trigger-draft';
import { ConditionFields } from './condition-fields';
import { Fault } from './field';
import type { Option } from './options';

/** When a trigger fires: any number of conditions, all or any of them. */
export function ConditionsPanel(props: {
  readonly draft: TriggerDraft;
  readonly set: (change: Partial<TriggerDraft>) => void;
  readonly assetOptions: readonly Option[];
}) {
  const { draft, set, assetOptions } = props;
  const { conditions, combine, scope } = draft;
  const [first] = listKindsOf(scope.type);
  const replace = (index: number, condition: ConditionDraft) =>
    set({ conditions: conditions.map((one, at) => (at === index ? condition : one)) });
  return (
    <Panel
      title="When does it fire?"
      actions={
        conditions.length > 1 && (
          <SegmentedControl
            label="How conditions combine"
            value={combine}
            options={[
              { value: 'any', label: 'Any of them' },
              { value: 'all', label: 'All of them' },
            ]}
            onChange={(chosen) => set({ combine: chosen })}
          />
        )
      }
    >
      <div className="grid gap-3">
        {conditions.map((condition, index) => (
          <ConditionFields
            key={condition.key}
            {...{ condition, index, assetOptions }}
            scopeType={scope.type}
            isOfBook={scope.book !== ''}
            set={(changed) => replace(index, changed)}
            remove={
              conditions.length > 1 ? () => set({ conditions: conditions.filter((_, at) => at !== index) }) : undefined
            }
          />
        ))}
        <Fault of="conditions" />
        <Button
          className="justify-self-start"
          disabled={conditions.length >= policy.triggers.mostConditions || !first}
          onClick={() => first && set({ conditions: [...conditions, createCondition(first.id, nextKey(draft))] })}
        >
          <Icon name="plus" size={12} /> Another condition
        </Button>
      </div>
    </Panel>
  );
}
