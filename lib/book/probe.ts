import type { Address, AssetId } from '@/lib/domain/asset';
import type { Evaluation } from '@/lib/domain/evaluation';
import { type Known, known } from '@/lib/domain/known';
import type { PriceOverride } from '@/lib/domain/price';
import { formatDecimal, parseDecimal } from '@/lib/units/decimal';
import { rulesOf } from '@/lib/venues/registry';
import type { PositionRow } from './position-row';

/** Prices a reader puts in the place of the row's, to see what would be then: oracle answers, each in its own oracle's decimals. */
export type ProbePrices = ReadonlyMap<AssetId, bigint>;

export const NO_PROBE: ProbePrices = new Map();

/** The prices of a probe: its own, the row's (what-if applied) where it has none. */
export const toProbeOverride =
  ({ prices }: Pick<PositionRow, 'prices'>, probe: ProbePrices): PriceOverride =>
  ({ assetId }) =>
    probe.get(assetId) ?? prices.find(({ asset }) => asset.id === assetId)?.answer;

/** The position at a probe's prices, by the venue's own rules and rounding. Unknown while the chain cannot be seen. */
export function computeProbe(row: PositionRow, probe: ProbePrices): Known<Evaluation> {
  if (row.blind) return { known: false, reason: row.blind };
  return known(rulesOf(row.position).computeEvaluation(row.position, toProbeOverride(row, probe)));
}

/** A decimal price as an answer of `decimals` decimals, digits beyond them cut off; at least 1, since an answer of 0 is no price. */
function toAnswer(text: string, decimals: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  const answer = parseDecimal(`${whole}.${fraction.slice(0, decimals)}0`, decimals);
  return answer > 0n ? answer : 1n;
}

/** The probe that texts by token stand for (plain decimals, US dollars); tokens that are none of the row's are left out. */
export const readProbe = ({ prices }: Pick<PositionRow, 'prices'>, texts: ReadonlyMap<Address, string>): ProbePrices =>
  new Map(
    prices.flatMap(({ asset, price }) => {
      const text = texts.get(asset.address);
      return text === undefined ? [] : [[asset.id, toAnswer(text, price.decimals)] as const];
    }),
  );

/** The texts that `readProbe` reads back into the same probe. */
export const formatProbePrices = (
  { prices }: Pick<PositionRow, 'prices'>,
  probe: ProbePrices,
): ReadonlyMap<Address, string> =>
  new Map(
    prices.flatMap(({ asset, price }) => {
      const answer = probe.get(asset.id);
      return answer === undefined ? [] : [[asset.address, formatDecimal(answer, price.decimals)] as const];
    }),
  );
