'use client';

import { lazyAfterFirstPaint } from '@/components/frame/lazy-after-first-paint';

const LogScreen = lazyAfterFirstPaint(() => import('./log-screen').then(({ LogScreen }) => ({ default: LogScreen })));

/** The log of alerts, its code loaded apart, after the first paint. */
export const LogIsland = () => <LogScreen />;
