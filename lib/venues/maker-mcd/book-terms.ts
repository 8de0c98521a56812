import * as z from 'zod/mini';
import { addRational, compareRational, type Rational, rational } from '@/lib/units/rational';
import { decimalTerm } from '../decimal-term';
import { AUCTION_DEFAULTS, ILKS, type IlkFigures, type IlkName } from './ilks';

/** Every parameter that liquidating a vault needs. Ratios are fractions, amounts DAI, times seconds. */
export interface MakerMcdTerms {
  readonly ilk: IlkName | undefined;
  readonly mat: Rational;
  /** The Dog's factor: 1.13 is a penalty of 13 %. */
  readonly chop: Rational;
  readonly dust: Rational;
  readonly hole: Rational;
  readonly Hole: Rational;
  /** Dollars that one DAI stands for. */
  readonly par: Rational;
  readonly buf: Rational;
  readonly tail: Rational;
  readonly cusp: Rational;
  readonly cut: Rational;
  readonly step: Rational;
  /** Whether the ilk still lends. */
  readonly open: boolean;
}

const ONE = rational(1n);
const PARAMETERS = ['mat', 'chop', 'dust', 'hole', 'Hole', 'par', 'buf', 'tail', 'cusp', 'cut', 'step'] as const;
type Parameter = (typeof PARAMETERS)[number];

/** Without an ilk only `mat` and `chop` must be given: no least debt, and the global limit alone. */
const NO_ILK = { dust: '0', hole: AUCTION_DEFAULTS.Hole, tail: '7200', step: '90' } as const;

const optional = z.optional(decimalTerm);
const input = z.strictObject({
  ilk: z.optional(z.enum(Object.keys(ILKS) as IlkName[])),
  mat: optional,
  chop: optional,
  dust: optional,
  hole: optional,
  Hole: optional,
  par: optional,
  buf: optional,
  tail: optional,
  cusp: optional,
  cut: optional,
  step: optional,
});
type Input = z.output<typeof input>;

/** "0.13" and the Dog's own "1.13" are the same penalty: the Dog refuses factors below 1, and no penalty reaches 100 %. */
const toFactor = (chop: Rational): Rational => (compareRational(chop, ONE) < 0 ? addRational(chop, ONE) : chop);

function resolve(given: Input): Partial<Record<Parameter, Rational>> {
  const figures: Partial<Record<Parameter, string>> & Partial<Pick<IlkFigures, 'open'>> = {
    ...AUCTION_DEFAULTS,
    ...(given.ilk ? ILKS[given.ilk] : NO_ILK),
  };
  return Object.fromEntries(
    PARAMETERS.map((name) => {
      const figure = figures[name];
      return [name, given[name] ?? (figure === undefined ? undefined : decimalTerm.parse(figure))];
    }),
  );
}

/** What the contracts themselves would refuse or divide by. */
function findFault(name: Parameter, value: Rational | undefined): string | undefined {
  if (value === undefined) return `Without an ilk, "${name}" must be given.`;
  const mustBePositive = name === 'mat' || name === 'par' || name === 'buf' || name === 'cut' || name === 'step';
  if (mustBePositive && value.numerator === 0n) return `"${name}" must be above 0.`;
  if (name === 'mat' && compareRational(value, ONE) < 0) return 'A ratio below 1 is not collateral: 145 % is "1.45".';
  if (name === 'cut' && compareRational(value, ONE) > 0) return 'A cut above 1 would raise the price.';
  return undefined;
}

/**
 * Terms of a vault: `ilk` names a row of `ILKS`, and any parameter given beside it stands instead of the row's; without `ilk` at least `mat`
 * and `chop`. `chop` may be written as the penalty ("0.13") or as the Dog's factor ("1.13").
 */
export const makerMcdTerms: z.ZodMiniType<MakerMcdTerms> = z.pipe(
  input,
  z.transform((given: Input, context): MakerMcdTerms => {
    const values = resolve(given);
    for (const name of PARAMETERS) {
      const message = findFault(name, values[name]);
      if (message) context.issues.push({ code: 'custom', message, path: [name], input: given });
    }
    const resolved = values as Record<Parameter, Rational>;
    const open = given.ilk === undefined || ILKS[given.ilk].open;
    return { ...resolved, chop: toFactor(resolved.chop ?? ONE), ilk: given.ilk, open };
  }),
);
