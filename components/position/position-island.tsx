'use client';

import { type ComponentProps, lazy } from 'react';
import { loadAfterFirstPaint } from '@/components/frame/load-after-first-paint';

const load = () => import('./position-screen').then(({ PositionScreen }) => ({ default: PositionScreen }));
const PositionScreen = lazy(load);
loadAfterFirstPaint(load);

/** One position with its code loaded apart: the server has drawn it already, and the browser takes it over after the first paint. */
export const PositionIsland = (props: ComponentProps<typeof PositionScreen>) => <PositionScreen {...props} />;
