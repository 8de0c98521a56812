/**
 * Milliseconds of processor time of one pass: what else the machine does is not in it, what the runtime does for the work (collecting its
 * garbage) is. `sink` takes each result, so that no work can be left out as unused.
 */
export function timeMs<T>(
  items: readonly T[],
  passes: number,
  work: (item: T) => unknown,
  sink: { last: unknown },
): number {
  const before = process.cpuUsage();
  for (let pass = 0; pass < passes; pass++) for (const item of items) sink.last = work(item);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / passes;
}
