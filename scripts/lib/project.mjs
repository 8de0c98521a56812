import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** What the commands remember between runs; never tracked. */
export const STATE_DIR = join(ROOT, '.ballast');
