import { formatNumber } from '@/lib/format/format-number';
import { formatSpan } from '@/lib/triggers/format-level';
import type { Preview, PreviewLevel } from '@/lib/workers/preview/preview-protocol';

const SECOND_MS = 1_000;
const PERCENT = 100;

/** Rounded down to the second: a lead time is never overstated. */
const formatLead = (ms: number): string => formatSpan(Math.floor(ms / SECOND_MS));

const count = (value: number, one: string, many = `${one}s`): string =>
  value === 1 ? `1 ${one}` : `${formatNumber(value, 0)} ${many}`;

const share = (part: number, whole: number): string => `${formatNumber((part / whole) * PERCENT, 0)} %`;

/** What a trigger would have done, in one sentence. */
export function describePreview({ figures, range }: Preview): string {
  const { pathCount, firedPathCount, firingCount, liquidatedPathCount, missedCount } = figures;
  const span = formatSpan(Math.round((range.toMs - range.fromMs) / SECOND_MS));
  if (pathCount > 1) {
    const missed =
      missedCount === 0 ? 'all of them warned of' : `${formatNumber(missedCount, 0)} without a warning before`;
    const liquidated =
      liquidatedPathCount === 0
        ? 'in none is anything liquidated'
        : `in ${formatNumber(liquidatedPathCount, 0)} something is liquidated, ${missed}`;
    return `Fires in ${formatNumber(firedPathCount, 0)} of ${formatNumber(pathCount, 0)} simulated paths of ${span} (${share(firedPathCount, pathCount)}); ${liquidated}.`;
  }
  const { liquidationCount } = figures;
  const fired = firingCount === 0 ? 'It would not have fired' : `It would have fired ${count(firingCount, 'time')}`;
  const missed =
    missedCount === 0 ? 'warned of in time' : `${formatNumber(missedCount, 0)} of them without a warning before`;
  const liquidated =
    liquidationCount === 0
      ? 'Nothing would have been liquidated'
      : `${count(liquidationCount, 'liquidation')}, ${missed}`;
  return `${fired} in ${span}. ${liquidated}.`;
}

/** A figure of a preview with what it says. */
export interface PreviewFigure {
  readonly label: string;
  readonly text: string;
  readonly note: string;
  /** Something to look at. */
  readonly isBad?: boolean;
}

/** The figures under the sentence, each with its meaning for the hover. */
export function listFigures({ figures }: Preview): readonly PreviewFigure[] {
  const { pathCount, firingCount, liquidationCount, missedCount, falseAlarmCount, leadMs, sampleCount, blindCount } =
    figures;
  const perPath = pathCount > 1 ? `, ${formatNumber(firingCount / pathCount, 1)} a path` : '';
  return [
    {
      label: 'Firings',
      text: `${formatNumber(firingCount, 0)}${perPath}`,
      note: 'How often it fires, over all subjects.',
    },
    {
      label: 'Shortest lead',
      text: leadMs ? formatLead(leadMs.shortest) : '—',
      note: leadMs ? 'The shortest time from a warning to its liquidation.' : 'No liquidation was warned of.',
    },
    {
      label: 'Median lead',
      text: leadMs ? formatLead(leadMs.median) : '—',
      note: 'Half of the liquidations that were warned of had at least so much time.',
    },
    {
      label: 'Missed',
      text: `${formatNumber(missedCount, 0)} of ${formatNumber(liquidationCount, 0)}`,
      note: 'Liquidations that no warning stood before.',
      isBad: missedCount > 0,
    },
    {
      label: 'False alarms',
      text: formatNumber(falseAlarmCount, 0),
      note: 'Firings that ended without a liquidation.',
    },
    {
      label: 'Blind',
      text:
        blindCount === 0 ? '0 %' : blindCount * PERCENT < sampleCount ? 'below 1 %' : share(blindCount, sampleCount),
      note: 'Moments at which it could not be told whether it holds.',
      isBad: blindCount > 0,
    },
  ];
}

/** What a suggested level does; or why there is none. `level`: as people read it. */
export function describeLevel(found: PreviewLevel, level: string, leadHours: number): string {
  const lead = formatSpan(leadHours * 3_600);
  if (!found.exists) return `No level to suggest for a lead of ${lead}: ${found.text}`;
  const { inTimeCount, liquidationCount } = found;
  const ofAll =
    liquidationCount === 1
      ? 'before the liquidation'
      : `before ${inTimeCount} of ${count(liquidationCount, 'liquidation')}`;
  return `${level} would warn at least ${lead} ${ofAll} here.`;
}
