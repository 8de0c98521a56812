import { formatAge } from './format-age';

const ROUND_FROM = 10;

/** `formatJumpFactor(300n, 3000n)` is "×10", the other way round "÷10", 300 to 1,050 "×3.5": cut off, so that it never says more than there was. */
export function formatJumpFactor(from: bigint, to: bigint): string {
  const [sign, small, large] = to >= from ? ['×', from, to] : ['÷', to, from];
  const tenths = Number((large * 10n) / small);
  const text =
    tenths >= ROUND_FROM * 10 || tenths % 10 === 0 ? Math.floor(tenths / 10).toString() : (tenths / 10).toFixed(1);
  return `${sign}${text}`;
}

/** A feed's jump in words, answers above 0, of one number of decimals: "jumped ×10 within 3 min". */
export const formatJump = ({
  from,
  to,
  withinSeconds,
}: {
  readonly from: bigint;
  readonly to: bigint;
  readonly withinSeconds: number | undefined;
}): string =>
  `jumped ${formatJumpFactor(from, to)}${withinSeconds === undefined ? ' in one write' : ` within ${formatAge(withinSeconds)}`}`;
