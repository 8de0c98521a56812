import type { Metadata } from 'next';
import { BuilderIsland } from '@/components/triggers/builder/builder-island';

export const metadata: Metadata = { title: 'Edit trigger' };

export default async function EditTriggerPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return <BuilderIsland id={decodeURIComponent(id)} />;
}
