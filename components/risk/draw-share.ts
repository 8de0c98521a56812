const STEPS = 10_000n;

/** How much of `most` a value is, as a percentage for drawing: 0 to 100. What is not nothing is at least a hair wide. */
export function drawShare(value: bigint, most: bigint): number {
  const magnitude = value < 0n ? -value : value;
  if (most <= 0n || magnitude === 0n) return 0;
  return Math.max(0.5, Number((magnitude * STEPS) / most) / 100);
}
