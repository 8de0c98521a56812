import type { AssetSymbol } from './parameters';

/**
 * A seeded market of the local chain's assets, pure: the same state and step give the same next state. Floats throughout; prices become
 * integers with 8 decimals in `toAnswer` alone.
 *
 * Volatile assets follow correlated geometric Brownian motions with jumps (Merton 1976), some common to all crypto assets. Liquid staking
 * tokens are ether times a growing rate times a small mean-reverting peg; stablecoins mean-revert to 1.
 */

const YEAR_SECONDS = 365 * 86_400;

interface VolatileModel {
  readonly kind: 'volatile';
  /** Of log returns, per square root of a year. */
  readonly volatility: number;
  /** How strongly a common jump moves it. */
  readonly jumpBeta: number;
}

interface PeggedModel {
  readonly kind: 'pegged';
  /** What it is pegged to; one dollar without. */
  readonly to?: AssetSymbol;
  /** Growth of its rate against that, a year, continuously compounded. */
  readonly rateGrowth: number;
  /** Standard deviation of the log deviation from the peg in the long run. */
  readonly deviation: number;
  /** Time in which half of a deviation is gone. */
  readonly halfLifeSeconds: number;
}

/** Ours, in the order of magnitude of the years 2021 to 2025. */
export const MARKET_MODEL: Readonly<Record<AssetSymbol, VolatileModel | PeggedModel>> = {
  WETH: { kind: 'volatile', volatility: 0.65, jumpBeta: 1.15 },
  WBTC: { kind: 'volatile', volatility: 0.5, jumpBeta: 1 },
  LINK: { kind: 'volatile', volatility: 0.85, jumpBeta: 1.35 },
  AAVE: { kind: 'volatile', volatility: 0.9, jumpBeta: 1.4 },
  XAUt: { kind: 'volatile', volatility: 0.16, jumpBeta: 0 },
  wstETH: { kind: 'pegged', to: 'WETH', rateGrowth: 0.028, deviation: 0.0006, halfLifeSeconds: 7_200 },
  weETH: { kind: 'pegged', to: 'WETH', rateGrowth: 0.031, deviation: 0.0009, halfLifeSeconds: 7_200 },
  USDC: { kind: 'pegged', rateGrowth: 0, deviation: 0.0003, halfLifeSeconds: 10_800 },
  USDT: { kind: 'pegged', rateGrowth: 0, deviation: 0.0004, halfLifeSeconds: 10_800 },
  DAI: { kind: 'pegged', rateGrowth: 0, deviation: 0.0004, halfLifeSeconds: 10_800 },
  USDe: { kind: 'pegged', rateGrowth: 0, deviation: 0.0007, halfLifeSeconds: 14_400 },
  sUSDe: { kind: 'pegged', to: 'USDe', rateGrowth: 0.055, deviation: 0.0005, halfLifeSeconds: 14_400 },
};

export const VOLATILE_ASSETS = ['WETH', 'WBTC', 'LINK', 'AAVE', 'XAUt'] as const;

/** Correlations of log returns, rows and columns as in `VOLATILE_ASSETS`. */
export const CORRELATION: readonly (readonly number[])[] = [
  [1, 0.84, 0.76, 0.72, 0.1],
  [0.84, 1, 0.68, 0.63, 0.12],
  [0.76, 0.68, 1, 0.7, 0.06],
  [0.72, 0.63, 0.7, 1, 0.05],
  [0.1, 0.12, 0.06, 0.05, 1],
];

/** Common jumps a year, and mean and standard deviation of their log size. */
const JUMPS = { perYear: 14, mean: -0.012, deviation: 0.03 } as const;

interface Shock {
  /** Left to be added to the log price, spread evenly over the time left. */
  readonly logLeft: number;
  readonly secondsLeft: number;
}

interface AssetState {
  /** Volatile: log price. Pegged: log rate against what it is pegged to, peg deviation apart. */
  readonly level: number;
  /** Log deviation from the peg; 0 for volatile assets. */
  readonly peg: number;
  readonly shocks: readonly Shock[];
}

export interface MarketState {
  readonly seed: number;
  readonly random: number;
  /** Simulated time. */
  readonly timeMs: number;
  readonly assets: Readonly<Record<AssetSymbol, AssetState>>;
}

const SYMBOLS = Object.keys(MARKET_MODEL) as readonly AssetSymbol[];

/** mulberry32: small, seeded, good enough for a market that need not be unguessable. Gives a number in [0, 1) and the next state. */
function drawUniform(state: number): readonly [value: number, next: number] {
  const next = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(next ^ (next >>> 15), 1 | next);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return [((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296, next];
}

/** A source of draws that remembers its state, for use within one step. */
class Draws {
  constructor(public state: number) {}

  uniform(): number {
    const [value, next] = drawUniform(this.state);
    this.state = next;
    return value;
  }

  /** Standard normal by Box and Muller. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }
}

/** Lower triangle L with L·Lᵀ = the matrix (Cholesky). */
function factorise(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const lower: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const current: number[] = [];
    for (let j = 0; j <= i; j++) {
      const other = j === i ? current : (lower[j] ?? []);
      let rest = row[j] ?? 0;
      for (let k = 0; k < j; k++) rest -= (current[k] ?? 0) * (other[k] ?? 0);
      current.push(j === i ? Math.sqrt(rest) : rest / (other[j] ?? 1));
    }
    lower.push(current);
  }
  return lower;
}

const FACTOR = factorise(CORRELATION);

/** Log price in dollars. */
function computeLogPrice(state: Pick<MarketState, 'assets'>, symbol: AssetSymbol): number {
  const model = MARKET_MODEL[symbol];
  const { level, peg } = state.assets[symbol];
  const base = model.kind === 'pegged' && model.to !== undefined ? computeLogPrice(state, model.to) : 0;
  return base + level + peg;
}

/** Price in dollars, a float: for answers use `computeAnswers`. */
export const computePrice = (state: Pick<MarketState, 'assets'>, symbol: AssetSymbol): number =>
  Math.exp(computeLogPrice(state, symbol));

/** The marked place where a simulated price becomes an integer with 8 decimals; never below one unit. */
const toAnswer = (price: number): bigint => BigInt(Math.max(1, Math.round(price * 1e8)));

/** All prices as oracle answers would give them: 8 decimals. */
export const computeAnswers = (state: Pick<MarketState, 'assets'>): Readonly<Record<AssetSymbol, bigint>> =>
  Object.fromEntries(SYMBOLS.map((symbol) => [symbol, toAnswer(computePrice(state, symbol))])) as Record<
    AssetSymbol,
    bigint
  >;

/** The state with one asset's price moved to `price` dollars at once; what is pegged to it follows. Shocks under way go on. */
export function setMarketPrice(state: MarketState, symbol: AssetSymbol, price: number): MarketState {
  const asset = state.assets[symbol];
  const level = asset.level + Math.log(price) - computeLogPrice(state, symbol);
  return { ...state, assets: { ...state.assets, [symbol]: { ...asset, level } } };
}

/** A market that starts at the given prices (dollars) and time. */
export function createMarket(
  seed: number,
  startMs: number,
  prices: Readonly<Record<AssetSymbol, number>>,
): MarketState {
  const assets = Object.fromEntries(
    SYMBOLS.map((symbol) => [symbol, { level: 0, peg: 0, shocks: [] }]),
  ) as unknown as MarketState['assets'];
  const blank: MarketState = { seed, random: seed | 0, timeMs: startMs, assets };
  // In the model's order: what others are pegged to stands before them.
  return SYMBOLS.reduce((state, symbol) => setInitialPrice(state, symbol, prices[symbol]), blank);
}

/** A stablecoin that is off 1 starts with that deviation and returns; everything else starts at its level. */
function setInitialPrice(state: MarketState, symbol: AssetSymbol, price: number): MarketState {
  const model = MARKET_MODEL[symbol];
  if (model.kind !== 'pegged' || model.to !== undefined) return setMarketPrice(state, symbol, price);
  return { ...state, assets: { ...state.assets, [symbol]: { ...state.assets[symbol], peg: Math.log(price) } } };
}

/**
 * Starts a fall of `dropBps` spread over `overSeconds` of simulated time, on top of the noise, for one asset or for all volatile ones
 * (what is pegged to them follows). 2000 over 3600 is −20 % within an hour.
 */
export function shockMarket(
  state: MarketState,
  target: AssetSymbol | 'all',
  dropBps: number,
  overSeconds: number,
): MarketState {
  const shock: Shock = { logLeft: Math.log(1 - dropBps / 10_000), secondsLeft: overSeconds };
  const hit: readonly AssetSymbol[] = target === 'all' ? VOLATILE_ASSETS : [target];
  const shocked = hit.map((symbol) => {
    const asset = state.assets[symbol];
    return [symbol, { ...asset, shocks: [...asset.shocks, shock] }] as const;
  });
  return { ...state, assets: { ...state.assets, ...Object.fromEntries(shocked) } };
}

/** The part of the shocks that falls into this step, and what is left of them. */
function advanceShocks(shocks: readonly Shock[], seconds: number): readonly [move: number, left: readonly Shock[]] {
  let move = 0;
  const left: Shock[] = [];
  for (const { logLeft, secondsLeft } of shocks) {
    const share = Math.min(1, seconds / secondsLeft);
    move += logLeft * share;
    if (share < 1) left.push({ logLeft: logLeft * (1 - share), secondsLeft: secondsLeft - seconds });
  }
  return [move, left];
}

/** Log returns of the volatile assets over `years`, jumps included, without drift of the price itself (E[price] stays). */
function drawReturns(draws: Draws, years: number): ReadonlyMap<AssetSymbol, number> {
  const normals = VOLATILE_ASSETS.map(() => draws.normal());
  const jumps = draws.uniform() < 1 - Math.exp(-JUMPS.perYear * years);
  const jump = jumps ? JUMPS.mean + JUMPS.deviation * draws.normal() : 0;
  return new Map(
    VOLATILE_ASSETS.map((symbol, i) => {
      const { volatility, jumpBeta } = MARKET_MODEL[symbol] as VolatileModel;
      const correlated = (FACTOR[i] ?? []).reduce((sum, weight, k) => sum + weight * (normals[k] ?? 0), 0);
      const diffusion = -0.5 * volatility ** 2 * years + volatility * Math.sqrt(years) * correlated;
      return [symbol, diffusion + jumpBeta * jump];
    }),
  );
}

/** One exact step of the Ornstein-Uhlenbeck process that a peg's deviation follows. */
function stepPeg(draws: Draws, peg: number, model: PeggedModel, seconds: number): number {
  const kept = Math.exp((-Math.LN2 * seconds) / model.halfLifeSeconds);
  return peg * kept + model.deviation * Math.sqrt(1 - kept ** 2) * draws.normal();
}

/** The market `seconds` of simulated time later. */
export function stepMarket(state: MarketState, seconds: number): MarketState {
  const years = seconds / YEAR_SECONDS;
  const draws = new Draws(state.random);
  const returns = drawReturns(draws, years);
  const assets = Object.fromEntries(
    SYMBOLS.map((symbol) => {
      const model = MARKET_MODEL[symbol];
      const { level, peg, shocks } = state.assets[symbol];
      const [shock, left] = advanceShocks(shocks, seconds);
      const growth = model.kind === 'pegged' ? model.rateGrowth * years : (returns.get(symbol) ?? 0);
      return [
        symbol,
        {
          level: level + growth + shock,
          peg: model.kind === 'pegged' ? stepPeg(draws, peg, model, seconds) : 0,
          shocks: left,
        },
      ];
    }),
  ) as Record<AssetSymbol, AssetState>;
  return { ...state, random: draws.state, timeMs: state.timeMs + seconds * 1_000, assets };
}
