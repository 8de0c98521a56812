import type { Metadata } from 'next';
import { TriggersIsland } from '@/components/triggers/triggers-island';

export const metadata: Metadata = { title: 'Triggers' };

export default function TriggersPage() {
  return <TriggersIsland />;
}
