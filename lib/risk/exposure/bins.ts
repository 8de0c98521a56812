import { policy } from '@/lib/config/policy';
import { WAD } from '@/lib/units/fixed';
import { compareRational, rational } from '@/lib/units/rational';
import type { RiskClass } from '../risk-class';
import type { DeskItem } from './desk-book';

/** Health factors by the limits of the risk classes, finer where it is safe. The first is the venue's own test, not a number. */
export const HEALTH_BINS = ['liquidatable', '1', '1.08', '1.25', '1.5', '2', '3', 'no-debt', 'unknown'] as const;
export type HealthBin = (typeof HEALTH_BINS)[number];

/** Distances by their lower end in percent; `none`: no common fall of the collateral liquidates. */
export const DROP_BINS = [
  ...['liquidatable', '0', '5', '10', '15', '20', '25', '30', '40', '50', '60', '80'],
  ...['none', 'unknown'],
] as const;
export type DropBin = (typeof DROP_BINS)[number];

const HEALTH_LIMITS: readonly { readonly bin: HealthBin; readonly below: bigint }[] = [
  { bin: '1', below: policy.risk.dangerBelowWad },
  { bin: '1.08', below: policy.risk.warningBelowWad },
  { bin: '1.25', below: policy.risk.watchBelowWad },
  { bin: '1.5', below: 2n * WAD },
  { bin: '2', below: 3n * WAD },
];

/** The bin of health factors whose class it is; a safe one may stand in several. */
const BIN_OF_CLASS: Readonly<Record<RiskClass, HealthBin | undefined>> = {
  liquidatable: 'liquidatable',
  unknown: 'unknown',
  danger: '1',
  warning: '1.08',
  watch: '1.25',
  safe: undefined,
};

function findFactorBin({ figures }: DeskItem): HealthBin {
  if (!figures.known) return 'unknown';
  const { liquidatable, healthFactor } = figures.value;
  if (liquidatable) return 'liquidatable';
  if (healthFactor === null) return 'no-debt';
  return HEALTH_LIMITS.find(({ below }) => healthFactor < below)?.bin ?? '3';
}

/**
 * Its bin by health factor: [1.08, 1.25) is "1.08"; liquidatable by the venue's own test, whatever the number. Where its class is worse than
 * its health factor says, as with a late price, the bin of that class.
 */
export const findHealthBin = (item: DeskItem): HealthBin => BIN_OF_CLASS[item.riskClass] ?? findFactorBin(item);

/** It stands in a worse bin than its own health factor would put it. */
export const isBinnedByClass = (item: DeskItem): boolean => findHealthBin(item) !== findFactorBin(item);

const DROP_LIMITS = (['80', '60', '50', '40', '30', '25', '20', '15', '10', '5'] as const).map((bin) => ({
  bin,
  from: rational(BigInt(bin), 100n),
}));

/**
 * Its bin by distance, the common fall of all collateral: [0.05, 0.1) is "5". What is liquidatable or unknown by its class stands there,
 * whatever the distance at its own prices.
 */
export function findDropBin({ figures, riskClass }: DeskItem): DropBin {
  if (riskClass === 'liquidatable') return 'liquidatable';
  if (!figures.known || riskClass === 'unknown') return 'unknown';
  const { drop } = figures.value;
  if (drop === null) return 'none';
  return DROP_LIMITS.find(({ from }) => compareRational(drop, from) >= 0)?.bin ?? '0';
}
