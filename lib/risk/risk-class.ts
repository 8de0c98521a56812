import { policy } from '@/lib/config/policy';
import type { Evaluation } from '@/lib/domain/evaluation';

export const RISK_CLASSES = ['safe', 'watch', 'warning', 'danger', 'liquidatable', 'unknown'] as const;
export type RiskClass = (typeof RISK_CLASSES)[number];

/** How bad a class is; higher is worse. Unknown stands above danger: it can be anything, so it is never read as better than what is known. */
const SEVERITY: Readonly<Record<RiskClass, number>> = {
  safe: 0,
  watch: 1,
  warning: 2,
  danger: 3,
  unknown: 4,
  liquidatable: 5,
};

/** The worse of two classes. A position that is liquidatable by one price stays so whatever the other says. */
export const worseRiskClass = (a: RiskClass, b: RiskClass): RiskClass => (SEVERITY[a] >= SEVERITY[b] ? a : b);

/**
 * Class of one evaluation: liquidatable by the venue's own test; else by health factor against the policy's limits; unknown where either
 * is unknown. Without debt: safe.
 */
export function computeRiskClass(evaluation: Pick<Evaluation, 'liquidatable' | 'healthFactor'>): RiskClass {
  const { liquidatable, healthFactor } = evaluation;
  if (!liquidatable.known || !healthFactor.known) return 'unknown';
  if (liquidatable.value) return 'liquidatable';
  if (healthFactor.value === null) return 'safe';
  if (healthFactor.value < policy.risk.dangerBelowWad) return 'danger';
  if (healthFactor.value < policy.risk.warningBelowWad) return 'warning';
  if (healthFactor.value < policy.risk.watchBelowWad) return 'watch';
  return 'safe';
}
