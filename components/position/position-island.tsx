'use client';

import { lazyAfterFirstPaint } from '@/components/frame/lazy-after-first-paint';

/** One position, its code loaded apart: the server has drawn it already, and the browser takes it over after the first paint. */
export const PositionIsland = lazyAfterFirstPaint(() =>
  import('./position-screen').then(({ PositionScreen }) => ({ default: PositionScreen })),
);
