'use client';

import { lazy, Suspense } from 'react';
import { Skeleton } from '@/components/ui/skeleton';

const SettingsScreen = lazy(() =>
  import('./settings-screen').then(({ SettingsScreen }) => ({ default: SettingsScreen })),
);

/** Settings with its code loaded apart: the server has drawn it already, and the browser takes it over after the first paint. */
export const SettingsIsland = () => (
  <Suspense fallback={<Skeleton className="h-[360px]" />}>
    <SettingsScreen />
  </Suspense>
);
