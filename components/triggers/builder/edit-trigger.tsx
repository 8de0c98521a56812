'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useMemo } from 'react';
import { useLink } from '@/components/triggers/use-link';
import { buttonClass } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { triggersQueryOptions } from '@/lib/queries/triggers-query';
import { Builder } from './builder';
import { readListed } from './read-listed';

const readZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The form of a trigger that watches. What others change meanwhile is noticed and said. */
export function EditTrigger({ id }: { readonly id: string }) {
  const { data, error } = useQuery(triggersQueryOptions('watching'));
  const link = useLink();
  const listed = data?.triggers.find((one) => one.id === id);
  // What is saved counts by its text: snoozing changes nothing of it.
  const text = JSON.stringify(listed?.definition);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as long as the text is the same, so is the draft.
  const saved = useMemo(() => listed && readListed(listed, readZone()), [text]);
  if (listed && saved)
    return <Builder key={id} title="Edit trigger" form={id} {...{ id, saved }} version={listed.version} />;
  if (!data && !error) return <Skeleton className="h-96 w-full" />;
  return (
    <EmptyState
      title={
        listed
          ? 'This version cannot read the trigger'
          : data
            ? 'No trigger that watches has this name'
            : 'The trigger cannot be shown'
      }
      action={
        <Link href={link('/triggers')} prefetch={false} className={buttonClass()}>
          All triggers
        </Link>
      }
    >
      {data ? 'It may have ended: then it stands among those that have, and can be duplicated.' : error?.message}
    </EmptyState>
  );
}
