import type { Metadata } from 'next';
import { BuilderIsland } from '@/components/triggers/builder/builder-island';

export const metadata: Metadata = { title: 'New trigger' };

export default function NewTriggerPage() {
  return <BuilderIsland />;
}
