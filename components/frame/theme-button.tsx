'use client';

import { Button } from '@/components/ui/button';
import { THEMES, type Theme } from '@/lib/stores/appearance';
import { useAppearance } from './use-appearance';

const WORDS: Readonly<Record<Theme, string>> = { system: 'as the system', light: 'light', dark: 'dark' };

/** The theme after this one: system, light, dark, and round again. */
export const nextTheme = (theme: Theme): Theme => THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';

/** Goes through the themes. */
export function ThemeButton() {
  const { appearance, change } = useAppearance();
  const label = `Theme: ${WORDS[appearance.theme]}. Switch to ${WORDS[nextTheme(appearance.theme)]}`;
  return (
    <Button
      className="max-sm:hidden"
      aria-label={label}
      title={`${label} (t)`}
      onClick={() => change({ theme: nextTheme(appearance.theme) })}
    >
      <svg aria-hidden="true" width="14" height="14" viewBox="0 0 14 14">
        <circle cx="7" cy="7" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path
          d={
            appearance.theme === 'system'
              ? 'M7 1.5a5.5 5.5 0 0 1 0 11z'
              : 'M7 1.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11z'
          }
          fill="currentColor"
          opacity={appearance.theme === 'light' ? 0 : 1}
        />
      </svg>
    </Button>
  );
}
