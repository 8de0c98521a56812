'use client';

import { type ComponentProps, lazy } from 'react';
import { loadAfterFirstPaint } from '@/components/frame/load-after-first-paint';

const load = () => import('./positions-screen').then(({ PositionsScreen }) => ({ default: PositionsScreen }));
const PositionsScreen = lazy(load);
loadAfterFirstPaint(load);

/** Positions with its code loaded apart: the server has drawn it already, and the browser takes it over after the first paint. */
export const PositionsIsland = (props: ComponentProps<typeof PositionsScreen>) => <PositionsScreen {...props} />;
