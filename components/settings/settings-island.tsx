'use client';

import { lazyAfterFirstPaint } from '@/components/frame/lazy-after-first-paint';

const SettingsScreen = lazyAfterFirstPaint(() =>
  import('./settings-screen').then(({ SettingsScreen }) => ({ default: SettingsScreen })),
);

/** Settings, its code loaded apart: the server has drawn it already, and the browser takes it over after the first paint. */
export const SettingsIsland = () => <SettingsScreen />;
