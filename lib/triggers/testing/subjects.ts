import { type Known, known, unknown } from '@/lib/domain/known';
import type { Rational } from '@/lib/units/rational';
import { parseLevel } from '../format-level';
import type {
  LiquidationDistance,
  PriceExtremes,
  Subject,
  SubjectAsset,
  SubjectFigures,
  SubjectPosition,
  SubjectPrice,
} from '../subject';

/** A figure as a test writes it: a decimal, null for none, '?' for unknown. */
type Written = string | null;

export const BLIND = unknown('not-read-yet', 'Not read yet.');

const figure = (text: Written): Known<Rational | null> => {
  if (text === '?') return BLIND;
  return known(text === null ? null : parseLevel(text));
};

const certain = (text: string): Known<Rational> => (text === '?' ? BLIND : known(parseLevel(text)));

export interface WrittenFigures {
  readonly healthFactor?: Written;
  readonly ltv?: Written;
  readonly collateralRatio?: Written;
  readonly liquidatable?: boolean | '?';
}

const writeFigures = ({
  healthFactor = '2',
  ltv = '0.4',
  collateralRatio = '2.5',
  liquidatable = false,
}: WrittenFigures): SubjectFigures => ({
  healthFactor: figure(healthFactor),
  ltv: figure(ltv),
  collateralRatio: figure(collateralRatio),
  liquidatable: liquidatable === '?' ? BLIND : known(liquidatable),
});

export interface WrittenPosition {
  readonly atOracle?: WrittenFigures;
  readonly atMarket?: WrittenFigures;
  /** Asset → what is left. */
  readonly liquidations?: Readonly<Record<string, string>> | '?';
  /** Asset → value. */
  readonly exposures?: Readonly<Record<string, string>> | '?';
  readonly secondsToLiquidation?: Written;
}

/** For tests: a position called "<id> of Alice". */
export function position(id: string, written: WrittenPosition = {}): SubjectPosition {
  const { atOracle = {}, atMarket = {}, liquidations = {}, exposures = {}, secondsToLiquidation = null } = written;
  return {
    id,
    name: `${id} of Alice`,
    atOracle: writeFigures(atOracle),
    atMarket: writeFigures(atMarket),
    liquidations:
      liquidations === '?'
        ? BLIND
        : known(
            Object.entries(liquidations).map(
              ([asset, left]): LiquidationDistance => ({ asset, name: asset, left: parseLevel(left) }),
            ),
          ),
    exposures:
      exposures === '?'
        ? BLIND
        : known(Object.entries(exposures).map(([asset, value]) => ({ asset, name: asset, value: certain(value) }))),
    secondsToLiquidation: figure(secondsToLiquidation),
  };
}

export interface WrittenPrice {
  readonly price?: string;
  readonly ageSeconds?: string;
  readonly extremes?: { readonly highest: string; readonly lowest: string; readonly isWhole?: boolean } | '?';
}

function writePrice({ price = '1', ageSeconds = '0', extremes }: WrittenPrice): SubjectPrice {
  const within: Known<PriceExtremes> =
    extremes === undefined || extremes === '?'
      ? BLIND
      : known({
          highest: parseLevel(extremes.highest),
          lowest: parseLevel(extremes.lowest),
          isWhole: extremes.isWhole ?? true,
        });
  return { price: certain(price), ageSeconds: certain(ageSeconds), computeExtremes: () => within };
}

export interface WrittenAsset {
  readonly oracle?: WrittenPrice;
  readonly market?: WrittenPrice;
  readonly heartbeatSeconds?: number | '?';
  readonly pegTarget?: string;
  readonly isOwed?: boolean;
  /** Market → its rate and utilisation. */
  readonly markets?: Readonly<Record<string, { readonly borrowRate?: Written; readonly utilisation?: Written }>>;
}

/** For tests: an asset called by its id. */
export function asset(id: string, written: WrittenAsset = {}): SubjectAsset {
  const { oracle = {}, market = {}, heartbeatSeconds = 3_600, pegTarget, isOwed = false, markets = {} } = written;
  return {
    id,
    name: id,
    oracle: writePrice(oracle),
    market: writePrice(market),
    heartbeatSeconds: heartbeatSeconds === '?' ? BLIND : known(heartbeatSeconds),
    pegTarget: pegTarget === undefined ? null : parseLevel(pegTarget),
    isOwed,
    markets: Object.entries(markets).map(([name, { borrowRate = null, utilisation = null }]) => ({
      id: name,
      name,
      borrowRate: figure(borrowRate),
      utilisation: figure(utilisation),
    })),
  };
}

/** For tests: a subject of these positions and assets. */
export const subject = (
  positions: readonly SubjectPosition[],
  assets: readonly SubjectAsset[] = [],
  unseen: Subject['unseen'] = undefined,
): Subject => ({ id: 'desk', name: 'Desk', positions, assets, unseen });
