'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '@/components/ui/skeleton';

const loading = () => <Skeleton className="h-96 w-full" />;
// In the browser alone: it begins with what this browser keeps, and with its time zone.
const NewTrigger = dynamic(() => import('./new-trigger').then(({ NewTrigger }) => NewTrigger), { ssr: false, loading });
const EditTrigger = dynamic(() => import('./edit-trigger').then(({ EditTrigger }) => EditTrigger), {
  ssr: false,
  loading,
});

/** The form of a trigger, its code loaded apart; without an id it is of a new one. */
export const BuilderIsland = ({ id }: { readonly id?: string }) =>
  id === undefined ? <NewTrigger /> : <EditTrigger id={id} />;
