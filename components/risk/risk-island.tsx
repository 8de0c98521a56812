'use client';

import { lazyAfterFirstPaint } from '@/components/frame/lazy-after-first-paint';

const RiskScreen = lazyAfterFirstPaint(() =>
  import('./risk-screen').then(({ RiskScreen }) => ({ default: RiskScreen })),
);

/** Risk, its code loaded apart, after the first paint. */
export const RiskIsland = () => <RiskScreen />;
