import { RAY } from '@/lib/units/fixed';
import {
  compareRational,
  divideRational,
  floorRational,
  multiplyRational,
  type Rational,
  rational,
} from '@/lib/units/rational';
import { mulDivHalfUp } from '@/lib/units/rounding';
import type { MakerMcdTerms } from './book-terms';

/**
 * x^n in rays, each product rounded half up: `StairstepExponentialDecrease.rpow` (`dss/src/abaci.sol`).
 * 0.99^10 is 904382075008804490010000000n.
 */
export function computeRayPower(x: bigint, n: bigint): bigint {
  let power = n % 2n === 1n ? x : RAY;
  let square = x;
  for (let rest = n / 2n; rest > 0n; rest /= 2n) {
    square = mulDivHalfUp(square, square, RAY);
    if (rest % 2n === 1n) power = mulDivHalfUp(power, square, RAY);
  }
  return power;
}

/** Smallest n in 0…last for which `holds` is true, which stays true once it is; undefined if for none. */
function findFirst(last: bigint, holds: (n: bigint) => boolean): bigint | undefined {
  if (!holds(last)) return undefined;
  let [low, high] = [0n, last];
  while (low < high) {
    const middle = (low + high) / 2n;
    if (holds(middle)) high = middle;
    else low = middle + 1n;
  }
  return low;
}

/**
 * DAI per unit of collateral at the first step at which a running auction asks no more than the market: the price starts at
 * (price / par) · buf and falls by `cut` every `step` seconds. undefined where it must be reset before (after `tail` seconds or below `cusp`
 * of the start), which starts it at the same price again. Source: `Clipper.kick`, `Clipper.status` (`dss/src/clip.sol`), `abaci.sol`.
 *
 * `price` in dollars; `daiPrice` is what the market pays for one DAI, in dollars.
 * Example: buf 1.1, cut 0.99: 1.1 · 0.99⁹ = 1.0049 is above the market, 1.1 · 0.99¹⁰ = 0.99482 below; at 2,000 the price is 1,989.64.
 */
export function computeAuctionPrice(price: Rational, daiPrice: Rational, terms: MakerMcdTerms): Rational | undefined {
  const top = multiplyRational(divideRational(price, terms.par), terms.buf);
  const cut = floorRational(terms.cut, RAY);
  const priceAt = (step: bigint): Rational => multiplyRational(top, rational(computeRayPower(cut, step), RAY));
  const last = floorRational(divideRational(terms.tail, terms.step));
  const step = findFirst(last, (n) => compareRational(multiplyRational(priceAt(n), daiPrice), price) <= 0);
  if (step === undefined) return undefined;
  const isReset = compareRational(rational(computeRayPower(cut, step), RAY), terms.cusp) < 0;
  return isReset ? undefined : priceAt(step);
}
