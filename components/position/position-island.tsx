'use client';

import type { ComponentProps } from 'react';
import { lazyAfterFirstPaint } from '@/components/frame/lazy-after-first-paint';

const PositionScreen = lazyAfterFirstPaint(() =>
  import('./position-screen').then(({ PositionScreen }) => ({ default: PositionScreen })),
);

/** One position, its code loaded apart: the server has drawn it already, and the browser takes it over after the first paint. */
export const PositionIsland = (props: ComponentProps<typeof PositionScreen>) => <PositionScreen {...props} />;
