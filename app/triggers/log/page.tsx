import type { Metadata } from 'next';
import { LogIsland } from '@/components/alerts/log-island';

export const metadata: Metadata = { title: 'Alert log' };

export default function AlertLogPage() {
  return <LogIsland />;
}
