import { buildIfStale } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { endEverythingOnSignals, untilStopped } from './processes.mjs';
import { createProgress } from './progress.mjs';

/** `npm run build`: builds the app whether or not a build of these sources is there. */
export async function main() {
  const report = createProgress();
  endEverythingOnSignals({ report });
  await untilStopped(async () => {
    await installIfNeeded(report);
    await buildIfStale(report, { force: true });
  });
}
