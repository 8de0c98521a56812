'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type FormEvent, useMemo, useRef, useState } from 'react';
import { useLink } from '@/components/triggers/use-link';
import { Button, buttonClass } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { readDraft } from '@/lib/triggers/form/read-draft';
import { type TriggerDraft, withFirstLevel } from '@/lib/triggers/form/trigger-draft';
import type { TriggerFault } from '@/lib/triggers/trigger-fault';
import { listStandings } from '@/lib/watch/list-standings';
import { BuilderNotices } from './builder-notices';
import { ChannelsPanel } from './channels-panel';
import { ConditionsPanel } from './conditions-panel';
import { FaultsContext, TextField } from './field';
import { ScopePanel } from './scope-panel';
import { SentencePanel } from './sentence-panel';
import { StandingsPanel } from './standings-panel';
import { TemplateBar } from './template-bar';
import { TimingPanel } from './timing-panel';
import { toEdit } from './to-edit';
import { useDraft } from './use-draft';
import { useSave } from './use-save';
import { useSurroundings } from './use-surroundings';

// It brings the drawing of charts along, which filling in the form does not wait for.
const PreviewPanel = dynamic(
  () => import('@/components/triggers/preview-panel').then(({ PreviewPanel }) => PreviewPanel),
  { ssr: false, loading: () => <Skeleton className="h-64 w-full" /> },
);

export interface BuilderProps {
  readonly title: string;
  /** Names what is typed, so that it can be put back. */
  readonly form: string;
  readonly id: string;
  /** As it is saved now; 0: it is new. */
  readonly version: number;
  /** What is saved now, or what a new one begins with. */
  readonly saved: TriggerDraft;
}

/** The first at each field. */
const toFaultMap = (faults: readonly TriggerFault[]): ReadonlyMap<string, string> =>
  new Map([...faults].reverse().map(({ field, message }) => [field, message]));

function focusFirstFault(form: HTMLFormElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}

/** The form of a trigger: all its fields, what it will do in one sentence, and where it would stand now. */
export function Builder({ title, form, id, version, saved }: BuilderProps) {
  const state = useDraft(form, saved);
  const { draft } = state;
  const around = useSurroundings(draft);
  const saving = useSave();
  const router = useRouter();
  const link = useLink();
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [hasTried, setHasTried] = useState(false);
  const element = useRef<HTMLFormElement>(null);

  const reading = useMemo(() => readDraft(draft, around.names), [draft, around.names]);
  const { trigger } = reading;
  const isOfChain = draft.scope.type !== 'book' && draft.scope.book === '';
  const standings = useMemo(
    () => (trigger && isOfChain ? listStandings(trigger, around.world) : undefined),
    [trigger, isOfChain, around.world],
  );
  const refused = saving.problem?.faults ?? [];
  const shown = useMemo(
    () => toFaultMap([...reading.faults.filter(({ field }) => hasTried || touched.has(field)), ...refused]),
    [reading.faults, hasTried, touched, refused],
  );
  const set = (change: Partial<TriggerDraft>) => {
    saving.clear();
    state.set(change);
  };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setHasTried(true);
    if (trigger && !state.isOvertaken && (await saving.save(id, toEdit(trigger, version, around)))) {
      state.forget();
      router.push(link('/triggers'));
    } else if (element.current) focusFirstFault(element.current);
  };

  return (
    <FaultsContext value={shown}>
      <form
        ref={element}
        onSubmit={(event) => void submit(event)}
        noValidate
        aria-label={title}
        onBlur={({ target }) => {
          const field = target instanceof HTMLElement ? target.dataset.field : undefined;
          if (field !== undefined) setTouched((before) => new Set([...before, field]));
        }}
      >
        <header className="mb-3 flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <Link href={link('/triggers')} className="text-faint hover:text-text" prefetch={false}>
            Triggers /
          </Link>
          <h1 className="font-semibold text-[18px] leading-6 tracking-tight">{title}</h1>
        </header>
        {version === 0 && <TemplateBar {...{ draft, set }} />}
        <BuilderNotices
          {...{ state, saving }}
          others={refused.flatMap(({ field, message }) =>
            element.current?.querySelector(`[data-field="${CSS.escape(field)}"]`) ? [] : [`${field}: ${message}`],
          )}
        />
        <div className="grid items-start gap-3.5 lg:grid-cols-[minmax(0,1fr)_minmax(320px,400px)]">
          <div className="grid gap-3.5">
            <ScopePanel
              scope={draft.scope}
              set={(change) => set({ scope: { ...draft.scope, ...change } })}
              around={around}
            />
            <ConditionsPanel {...{ draft, set }} assetOptions={around.assetOptions} />
            <TimingPanel {...{ draft, set }} />
            <ChannelsPanel {...{ draft, set }} />
          </div>
          <div className="grid gap-3.5 lg:sticky lg:top-24">
            <SentencePanel reading={reading} />
            <StandingsPanel standings={standings} isOfChain={isOfChain} />
            <TextField
              label="Name"
              of="name"
              value={draft.name}
              onChange={(name) => set({ name })}
              input={{ placeholder: trigger?.name ?? 'Named by its sentence' }}
            />
            <div className="flex justify-end gap-2">
              <Link href={link('/triggers')} prefetch={false} onClick={state.forget} className={buttonClass()}>
                Cancel
              </Link>
              <Button kind="primary" type="submit" disabled={saving.isSaving}>
                {saving.isSaving ? 'Saving…' : 'Save and watch'}
              </Button>
            </div>
          </div>
        </div>
      </form>
      {isOfChain && (
        <div className="mt-3.5">
          <PreviewPanel
            {...{ trigger }}
            positions={around.positions}
            onUseLevel={(level) => set(withFirstLevel(draft, level))}
          />
        </div>
      )}
    </FaultsContext>
  );
}
