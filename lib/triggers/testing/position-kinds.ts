import type { Example, KindExamples } from './kind-example';
import { position, subject } from './subjects';

const HEALTHY = { healthFactor: '1.4' };
const LOW = { healthFactor: '1.2' };

const healthExamples = (at: 'atOracle' | 'atMarket'): readonly Example[] => {
  const of = (...figures: readonly NonNullable<Parameters<typeof position>[1]>['atOracle'][]) =>
    subject(figures.map((one, index) => position(`p${index + 1}`, { [at]: one })));
  return [
    { what: 'the lowest', side: 'below', level: '1.25', of: of(HEALTHY, LOW), is: '1.2', by: 'p2' },
    { what: 'none without debt', side: 'below', of: of({ healthFactor: null }), is: null },
    {
      what: 'one without debt beside one',
      side: 'below',
      of: of({ healthFactor: null }, HEALTHY),
      is: '1.4',
      by: 'p2',
    },
    {
      what: 'liquidatable at a health factor above 1',
      side: 'below',
      of: of({ ...LOW, liquidatable: true }, { healthFactor: '1.1' }),
      is: '1.2',
      by: 'p1',
    },
    { what: 'unknown whether liquidatable', side: 'below', of: of({ ...HEALTHY, liquidatable: '?' }), is: '?' },
    {
      what: 'one unknown, the known one not past',
      side: 'below',
      level: '1.25',
      of: of({ healthFactor: '?' }, HEALTHY),
      is: '?',
    },
    {
      what: 'one unknown, the known one past',
      side: 'below',
      level: '1.25',
      of: of({ healthFactor: '?' }, LOW),
      is: '1.2',
      by: 'p2',
    },
  ];
};

const exposed = (...exposures: readonly (Readonly<Record<string, string>> | '?')[]) =>
  subject(exposures.map((one, index) => position(`p${index + 1}`, { exposures: one })));
const far = (liquidations: Readonly<Record<string, string>> | '?', liquidatable: boolean | '?' = false) =>
  subject([position('p1', { liquidations, atOracle: { liquidatable } })]);

/** Figures of what is measured on positions. */
export const positionKinds = {
  'health-factor': {
    sentence: 'the health factor of Desk is below 0.01',
    examples: [
      ...healthExamples('atOracle'),
      {
        what: 'the highest',
        side: 'above',
        of: subject([position('p1', { atOracle: LOW }), position('p2', { atOracle: HEALTHY })]),
        is: '1.4',
        by: 'p2',
      },
      // Level 1.9: of 1.4 and an unknown one nothing is past it for certain.
      {
        what: 'one unknown above',
        side: 'above',
        level: '1.9',
        of: subject([position('p1', { atOracle: HEALTHY }), position('p2', { atOracle: { healthFactor: '?' } })]),
        is: '?',
      },
    ],
  },
  'implied-price': {
    sentence: 'the health factor of Desk at the next oracle update is below 0.01',
    examples: healthExamples('atMarket'),
  },
  ltv: {
    sentence: 'the loan-to-value of Desk is above 0.1\u00a0%',
    examples: [
      {
        what: 'the highest',
        side: 'above',
        of: subject([position('p1', { atOracle: { ltv: '0.7' } }), position('p2', { atOracle: { ltv: '0.6' } })]),
        is: '0.7',
        by: 'p1',
      },
      {
        what: 'none without collateral',
        side: 'above',
        of: subject([position('p1', { atOracle: { ltv: null } })]),
        is: null,
      },
      { what: 'unknown', side: 'above', of: subject([position('p1', { atOracle: { ltv: '?' } })]), is: '?' },
    ],
  },
  'collateral-ratio': {
    sentence: 'the collateral ratio of Desk is below 10\u00a0%',
    examples: [
      {
        what: 'the lowest',
        side: 'below',
        of: subject([
          position('p1', { atOracle: { collateralRatio: '1.45' } }),
          position('p2', { atOracle: { collateralRatio: '1.6' } }),
        ]),
        is: '1.45',
        by: 'p1',
      },
      {
        what: 'none without debt',
        side: 'below',
        of: subject([position('p1', { atOracle: { collateralRatio: null } })]),
        is: null,
      },
      {
        what: 'unknown',
        side: 'below',
        of: subject([position('p1', { atOracle: { collateralRatio: '?' } })]),
        is: '?',
      },
    ],
  },
  distance: {
    sentence: 'the distance to liquidation of Desk is below 0.1\u00a0%',
    examples: [
      {
        what: 'the nearest of its assets',
        side: 'below',
        of: far({ ETH: '0.06', USDC: '0.04' }),
        is: '0.04',
        by: 'p1',
      },
      {
        what: 'one asset',
        side: 'below',
        params: { asset: 'ETH' },
        of: far({ ETH: '0.06', USDC: '0.04' }),
        is: '0.06',
        by: 'p1',
      },
      { what: 'none', side: 'below', of: far({}), is: null },
      { what: 'liquidatable whatever one price does', side: 'below', of: far({}, true), is: '0', by: 'p1' },
      // A mode that liquidates earlier: there is a price left by the usual rule, and no distance.
      {
        what: 'liquidatable, by the venue’s own test alone',
        side: 'below',
        of: far({ ETH: '0.05' }, true),
        is: '0',
        by: 'p1',
      },
      {
        what: 'liquidatable, with the way back',
        side: 'below',
        of: far({ ETH: '-0.05' }, true),
        is: '-0.05',
        by: 'p1',
      },
      // Of another asset than the one that would cure it: still no distance at all.
      {
        what: 'liquidatable, by another asset',
        side: 'below',
        params: { asset: 'BTC' },
        of: far({ ETH: '-0.05' }, true),
        is: '0',
        by: 'p1',
      },
      { what: 'unknown', side: 'below', of: far('?'), is: '?' },
      { what: 'unknown whether liquidatable', side: 'below', of: far({ ETH: '0.06' }, '?'), is: '?' },
    ],
  },
  'net-exposure': {
    sentence: 'the net exposure of Desk to ETH is above \u2212$1,000,000,000,000,000',
    params: { asset: 'ETH' },
    examples: [
      // 30,000 − 6,000; the price of BTC is not known and is not asked for.
      {
        what: 'over all positions',
        side: 'above',
        params: { asset: 'ETH' },
        of: exposed({ ETH: '30000', BTC: '?' }, { ETH: '-6000' }),
        is: '24000',
        by: 'desk',
      },
      {
        what: 'nothing of it',
        side: 'above',
        params: { asset: 'ETH' },
        of: exposed({ USDC: '100' }),
        is: '0',
        by: 'desk',
      },
      { what: 'no positions', side: 'below', params: { asset: 'ETH' }, of: exposed(), is: null },
      {
        what: 'a hole in the sum',
        side: 'above',
        params: { asset: 'ETH' },
        of: exposed({ ETH: '30000' }, { ETH: '?' }),
        is: '?',
      },
      {
        what: 'a position that cannot be seen',
        side: 'above',
        params: { asset: 'ETH' },
        of: exposed({ ETH: '30000' }, '?'),
        is: '?',
      },
    ],
  },
  concentration: {
    sentence: 'the share of the largest asset in Desk is above 1\u00a0%',
    examples: [
      // Net 45,000, −30,000 and 0 of 75,000: 0.6 and 0.4.
      {
        what: 'the largest',
        side: 'above',
        of: exposed({ ETH: '50000', USDC: '-30000' }, { ETH: '-5000' }),
        is: '0.6',
        by: 'ETH',
      },
      {
        what: 'one that is named',
        side: 'above',
        params: { asset: 'USDC' },
        of: exposed({ ETH: '45000', USDC: '-30000' }),
        is: '0.4',
        by: 'USDC',
      },
      {
        what: 'one that is not there',
        side: 'above',
        params: { asset: 'BTC' },
        of: exposed({ ETH: '45000' }),
        is: '0',
        by: 'BTC',
      },
      { what: 'nothing at all', side: 'above', of: exposed({ ETH: '0' }), is: null },
      { what: 'a hole in the sum', side: 'above', of: exposed({ ETH: '45000', USDC: '?' }), is: '?' },
    ],
  },
  'time-to-liquidation': {
    sentence: 'the time until interest liquidates Desk is below 1\u00a0min',
    examples: [
      {
        what: 'the soonest',
        side: 'below',
        of: subject([
          position('p1', { secondsToLiquidation: '86400' }),
          position('p2', { secondsToLiquidation: '3600.5' }),
        ]),
        is: '3600.5',
        by: 'p2',
      },
      { what: 'none', side: 'below', of: subject([position('p1')]), is: null },
      { what: 'unknown', side: 'below', of: subject([position('p1', { secondsToLiquidation: '?' })]), is: '?' },
    ],
  },
} satisfies Record<string, KindExamples>;
