import 'server-only';

/**
 * How many of `count` parts of the work one of several instances takes, so that all of them together take every part, and none takes more than one
 * above another; all see the same order. 8 parts of 3 instances: 3, 3 and 2. One that is not among them takes none.
 */
export function computeShare(count: number, instances: readonly string[], me: string): number {
  const place = instances.indexOf(me);
  if (place < 0) return 0;
  return Math.floor(count / instances.length) + (place < count % instances.length ? 1 : 0);
}
