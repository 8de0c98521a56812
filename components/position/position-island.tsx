'use client';

import { type ComponentProps, lazy, Suspense } from 'react';
import { PositionSkeleton } from './position-skeleton';

const PositionScreen = lazy(() =>
  import('./position-screen').then(({ PositionScreen }) => ({ default: PositionScreen })),
);

/** One position with its code loaded apart: the server has drawn it already, and the browser takes it over after the first paint. */
export const PositionIsland = (props: ComponentProps<typeof PositionScreen>) => (
  <Suspense fallback={<PositionSkeleton />}>
    <PositionScreen {...props} />
  </Suspense>
);
