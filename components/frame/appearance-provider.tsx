'use client';

import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { APPEARANCE_COOKIE, type Appearance, formatAppearance } from '@/lib/stores/appearance';
import { AppearanceContext } from './use-appearance';

const YEAR_SECONDS = 31_536_000;

function applyAppearance({ theme, density }: Appearance): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  root.dataset.density = density;
}

/** Holds the appearance the server read from the cookie; a change is seen at once and kept for the next visit. */
export function AppearanceProvider({
  initial,
  children,
}: {
  readonly initial: Appearance;
  readonly children: ReactNode;
}) {
  const [appearance, setAppearance] = useState(initial);
  const change = useCallback((part: Partial<Appearance>) => {
    setAppearance((before) => {
      const after = { ...before, ...part };
      applyAppearance(after);
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not there in every browser served.
      document.cookie = `${APPEARANCE_COOKIE}=${formatAppearance(after)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
      return after;
    });
  }, []);
  const value = useMemo(() => ({ appearance, change }), [appearance, change]);
  return <AppearanceContext value={value}>{children}</AppearanceContext>;
}
