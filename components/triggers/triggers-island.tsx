'use client';

import { lazyAfterFirstPaint } from '@/components/frame/lazy-after-first-paint';

const TriggersScreen = lazyAfterFirstPaint(() =>
  import('./triggers-screen').then(({ TriggersScreen }) => ({ default: TriggersScreen })),
);

/** Triggers, its code loaded apart, after the first paint. */
export const TriggersIsland = () => <TriggersScreen />;
