'use client';

import { lazyAfterFirstPaint } from '@/components/frame/lazy-after-first-paint';

/** Positions, its code loaded apart: the server has drawn it already, and the browser takes it over after the first paint. */
export const PositionsIsland = lazyAfterFirstPaint(() =>
  import('./positions-screen').then(({ PositionsScreen }) => ({ default: PositionsScreen })),
);
