'use client';

import { type ComponentProps, lazy, Suspense } from 'react';
import { TableSkeleton } from './table-skeleton';

const PositionsScreen = lazy(() =>
  import('./positions-screen').then(({ PositionsScreen }) => ({ default: PositionsScreen })),
);

/** Positions with its code loaded apart: the server has drawn it already, and the browser takes it over after the first paint. */
export const PositionsIsland = (props: ComponentProps<typeof PositionsScreen>) => (
  <Suspense fallback={<TableSkeleton />}>
    <PositionsScreen {...props} />
  </Suspense>
);
