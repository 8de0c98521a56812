'use client';

import type { ComponentProps } from 'react';
import { lazyAfterFirstPaint } from '@/components/frame/lazy-after-first-paint';

const PositionsScreen = lazyAfterFirstPaint(() =>
  import('./positions-screen').then(({ PositionsScreen }) => ({ default: PositionsScreen })),
);

/** Positions, its code loaded apart: the server has drawn it already, and the browser takes it over after the first paint. */
export const PositionsIsland = (props: ComponentProps<typeof PositionsScreen>) => <PositionsScreen {...props} />;
