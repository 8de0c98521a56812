import * as z from 'zod/mini';
import { type Appearance, DEFAULT_APPEARANCE, DENSITIES, THEMES } from './appearance';

const appearanceSchema = z.tuple([z.enum(THEMES), z.enum(DENSITIES), z.enum(['rail', 'icons'])]);

/** Reads the cookie's text; anything else than what `formatAppearance` writes is the default. `parseAppearance('dark.compact.rail')`. */
export function parseAppearance(text: string | undefined): Appearance {
  const parsed = appearanceSchema.safeParse(text?.split('.'));
  if (!parsed.success) return DEFAULT_APPEARANCE;
  const [theme, density, rail] = parsed.data;
  return { theme, density, railCollapsed: rail === 'icons' };
}
