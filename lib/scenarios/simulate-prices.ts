import { policy } from '@/lib/config/policy';
import { createDraws, type Draws } from '@/lib/units/draws';

/**
 * What moves together on a simulated path. `market`: falls and jumps with all of the crypto market; `own`: by itself, without jumps; `pegged`:
 * stays near where it is.
 */
export interface PriceMover {
  readonly key: string;
  readonly follows: 'market' | 'own' | 'pegged';
  /** A year's, as a share: 0.75 is 75 %. Without meaning for what is pegged. */
  readonly yearlyVolatility: number;
}

export interface PathSetting {
  readonly movers: readonly PriceMover[];
  readonly seed: number;
  readonly stepSeconds: number;
  readonly stepCount: number;
}

const YEAR_SECONDS = 31_557_600;
/** mulberry32's counter moves on by this with each draw: paths begin so many draws apart, further than any reaches. */
const COUNTER_STEP = 0x6d2b79f5;
const DRAWS_PER_PATH_BITS = 22;
const { commonShare, jumpsPerYear, jumpMean, jumpSpread, pegSpread, pegHalfLifeSeconds } = policy.preview;

/** A standard normal by Box and Muller (1958), of two draws. */
const drawNormal = (draws: Draws): number =>
  Math.sqrt(-2 * Math.log(1 - draws.next())) * Math.cos(2 * Math.PI * draws.next());

const drawsOfPath = (seed: number, path: number): Draws =>
  createDraws(seed + Math.imul(COUNTER_STEP, path << DRAWS_PER_PATH_BITS));

/**
 * One simulated path: for each mover its price relative to today's, at step 0 (exactly 1) and after each of `stepCount` steps of Δ years. Floats, for
 * prices that nobody has paid. The same seed and path give the same numbers, and paths do not share draws: `path` is below
 * `policy.preview.mostPaths`.
 *
 * `market` and `own`: ln S += σ√Δ·Z − σ²Δ/2, so that nothing drifts: E[S] = 1. Of `market` Z = √ρ·M + √(1−ρ)·ε with one M for all (ρ:
 * `commonShare`), and with probability p = jumpsPerYear·Δ all of them jump by the same J ~ N(μ, δ²), compensated by −ln(1 + p·(e^(μ+δ²/2) − 1)).
 * Source: R. C. Merton, Option pricing when underlying stock returns are discontinuous, J. Financial Economics 3 (1976), §2, a jump or none in
 * each step. `pegged`: ln S = a·ln S + s√(1−a²)·ε, a = 2^(−step / half-life), s the long run's spread: G. E. Uhlenbeck and L. S. Ornstein,
 * On the theory of the Brownian motion, Phys. Rev. 36 (1930).
 *
 * Example: at σ = 0.75 the logarithm moves by 0.75·√(7 / 365.25) = 10.4 % in a week (one standard deviation), jumps apart.
 */
export function simulatePath(setting: PathSetting, path: number): readonly Float64Array[] {
  const { movers, seed, stepSeconds, stepCount } = setting;
  const draws = drawsOfPath(seed, path);
  const years = stepSeconds / YEAR_SECONDS;
  const jumpChance = jumpsPerYear * years;
  const compensation = Math.log1p(jumpChance * Math.expm1(jumpMean + jumpSpread ** 2 / 2));
  const kept = 2 ** (-stepSeconds / pegHalfLifeSeconds);
  const pegNoise = pegSpread * Math.sqrt(1 - kept ** 2);
  const logs = new Float64Array(movers.length);
  const lines = movers.map(() => new Float64Array(stepCount + 1).fill(1));
  for (let step = 1; step <= stepCount; step += 1) {
    const common = drawNormal(draws);
    const jump = draws.next() < jumpChance ? jumpMean + jumpSpread * drawNormal(draws) : 0;
    movers.forEach(({ follows, yearlyVolatility: volatility }, index) => {
      const own = drawNormal(draws);
      const before = logs[index] ?? 0;
      const spread = volatility * Math.sqrt(years);
      const still = before - spread ** 2 / 2;
      if (follows === 'pegged') logs[index] = kept * before + pegNoise * own;
      else if (follows === 'own') logs[index] = still + spread * own;
      else {
        const mixed = Math.sqrt(commonShare) * common + Math.sqrt(1 - commonShare) * own;
        logs[index] = still + spread * mixed + jump - compensation;
      }
      const line = lines[index];
      if (line) line[step] = Math.exp(logs[index] ?? 0);
    });
  }
  return lines;
}
