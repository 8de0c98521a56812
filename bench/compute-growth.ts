const SAMPLES_OF_WINDOW = 15;
const WARM_UP_SHARE = 0.2;
const TEN_MINUTES_MS = 600_000;

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

/** The least of each window after the warm-up: what is left after collections. */
function listFloors(samples: readonly number[]): readonly number[] {
  const counted = samples.slice(Math.floor(samples.length * WARM_UP_SHARE));
  const windows = Math.floor(counted.length / SAMPLES_OF_WINDOW);
  return Array.from({ length: windows }, (_, at) =>
    Math.min(...counted.slice(at * SAMPLES_OF_WINDOW, (at + 1) * SAMPLES_OF_WINDOW)),
  );
}

/**
 * How much samples taken every `everyMs` grow in ten minutes, by least squares over the least of every 15 of them, the first fifth left out. 0 with
 * fewer than two such windows. Example: memory that comes back to 100, 101, 102 … MB after each 15 s grows by 40 in ten minutes.
 */
export function computeGrowth(samples: readonly number[], everyMs: number): number {
  const floors = listFloors(samples);
  const times = floors.map((_, at) => (at * SAMPLES_OF_WINDOW * everyMs) / TEN_MINUTES_MS);
  const [meanTime, meanFloor] = [mean(times), mean(floors)];
  const spread = times.reduce((sum, time) => sum + (time - meanTime) ** 2, 0);
  if (!(spread > 0)) return 0;
  return times.reduce((sum, time, at) => sum + (time - meanTime) * ((floors[at] ?? 0) - meanFloor), 0) / spread;
}
