'use client';

import { lazy } from 'react';
import { loadAfterFirstPaint } from '@/components/frame/load-after-first-paint';

const load = () => import('./settings-screen').then(({ SettingsScreen }) => ({ default: SettingsScreen }));
const SettingsScreen = lazy(load);
loadAfterFirstPaint(load);

/** Settings with its code loaded apart: the server has drawn it already, and the browser takes it over after the first paint. */
export const SettingsIsland = () => <SettingsScreen />;
