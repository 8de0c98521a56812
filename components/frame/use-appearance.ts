'use client';

import { createContext, useContext } from 'react';
import type { Appearance } from '@/lib/stores/appearance';

export interface AppearanceControl {
  readonly appearance: Appearance;
  readonly change: (part: Partial<Appearance>) => void;
}

export const AppearanceContext = createContext<AppearanceControl | undefined>(undefined);

/** How the product looks, and how to change that. */
export function useAppearance(): AppearanceControl {
  const value = useContext(AppearanceContext);
  if (!value) throw new Error('useAppearance needs AppearanceProvider above it.');
  return value;
}
