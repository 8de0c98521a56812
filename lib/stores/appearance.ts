export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

/** How the product looks for one reader. It travels in a cookie, so that the server draws the first paint with it. */
export interface Appearance {
  readonly theme: Theme;
  readonly density: Density;
  readonly railCollapsed: boolean;
}

export const DEFAULT_APPEARANCE: Appearance = { theme: 'system', density: 'comfortable', railCollapsed: false };
export const APPEARANCE_COOKIE = 'ballast-appearance';

/** The cookie's text. `formatAppearance(DEFAULT_APPEARANCE)` is "system.comfortable.rail". */
export const formatAppearance = ({ theme, density, railCollapsed }: Appearance): string =>
  [theme, density, railCollapsed ? 'icons' : 'rail'].join('.');
