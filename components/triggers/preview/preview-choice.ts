import { policy } from '@/lib/config/policy';

/** Where the prices of a preview come from, as it is chosen. */
export interface PreviewChoice {
  readonly kind: 'recorded' | 'file' | 'simulated';
  /** How far back the record is read. */
  readonly recordedHours: number;
  readonly file: { readonly name: string; readonly text: string } | undefined;
  readonly seed: number;
  readonly pathCount: number;
  readonly horizonDays: number;
  /** For which a level is suggested. */
  readonly leadHours: number;
}

const SECONDS_PER_DAY = 86_400;

export const FIRST_CHOICE: PreviewChoice = {
  kind: 'simulated',
  recordedHours: 24,
  file: undefined,
  seed: policy.preview.seed,
  pathCount: policy.preview.paths,
  horizonDays: policy.preview.horizonSeconds / SECONDS_PER_DAY,
  leadHours: 6,
};

export const RECORDED_HOURS = [1, 6, 24, 168] as const;
export const PATH_COUNTS = [50, policy.preview.paths, policy.preview.mostPaths] as const;
export const HORIZON_DAYS = [1, 7, 30] as const;
export const LEAD_HOURS = [0.25, 1, 6, 24] as const;
