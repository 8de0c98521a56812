import type { Metadata } from 'next';
import { SettingsIsland } from '@/components/settings/settings-island';

export const metadata: Metadata = { title: 'Settings' };

export default function SettingsPage() {
  return <SettingsIsland />;
}
