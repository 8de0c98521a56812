'use client';

import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useMemo, useState } from 'react';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import type { ListedTrigger } from '@/lib/alerts/listed-trigger';
import { triggersQueryOptions } from '@/lib/queries/triggers-query';
import { TRIGGER_LINK_KEYS } from '@/lib/stores/trigger-link';
import { draftFromLink } from '@/lib/triggers/form/draft-from-link';
import type { TriggerDraft } from '@/lib/triggers/form/trigger-draft';
import { Builder } from './builder';
import { makeId } from './make-id';
import { readListed } from './read-listed';

const readZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Another one like it: its own name, and no time that is over. */
function toCopy(listed: ListedTrigger): TriggerDraft | undefined {
  const draft = readListed(listed, readZone());
  if (!draft) return undefined;
  const isOver = Date.parse(draft.expiresAt) <= Date.now();
  return { ...draft, name: `${draft.name} (copy)`, ...(isOver && { expiresAt: '' }) };
}

function Copy({ of, form, id }: { readonly of: string; readonly form: string; readonly id: string }) {
  const watching = useQuery({ ...triggersQueryOptions('watching'), refetchInterval: false });
  const ended = useQuery({ ...triggersQueryOptions('ended'), refetchInterval: false });
  const found = [watching, ended].flatMap(({ data }) => data?.triggers ?? []).find((one) => one.id === of);
  const saved = useMemo(() => found && toCopy(found), [found]);
  if (saved) return <Builder title="New trigger" {...{ form, id, saved }} version={0} />;
  const failure = watching.error ?? ended.error;
  if (found || failure || (watching.data && ended.data)) {
    return (
      <Notice title="There is nothing to duplicate">
        {failure?.message ?? (found ? 'This version cannot read that trigger.' : 'The link names no trigger.')}
      </Notice>
    );
  }
  return <Skeleton className="h-96 w-full" />;
}

function Fresh({ form, id }: { readonly form: string; readonly id: string }) {
  const search = useSearchParams();
  const [saved] = useState(() => draftFromLink((key) => search.get(key), readZone()));
  return <Builder title="New trigger" {...{ form, id, saved }} version={0} />;
}

/** The form for a new trigger: as a link asks for it, or as another one is. */
export function NewTrigger() {
  const search = useSearchParams();
  const [id] = useState(makeId);
  const copy = search.get('copy');
  const asked = TRIGGER_LINK_KEYS.flatMap((key) => search.get(key) ?? []).join(' ');
  const form = `new ${copy ?? asked}`;
  return copy === null ? <Fresh key={form} {...{ form, id }} /> : <Copy key={form} of={copy} {...{ form, id }} />;
}
