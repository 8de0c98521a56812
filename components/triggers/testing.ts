import type { ListedTrigger, TriggerList } from '@/lib/alerts/listed-trigger';

const NOW_MS = 1_800_000_000_000;

/** For tests: a trigger on one position as the server lists it. */
export const listed = (changes: Partial<ListedTrigger> = {}): ListedTrigger => ({
  id: 't1',
  version: 3,
  definition: {
    name: 'Alice is near',
    scope: { type: 'asset', asset: 'ETH' },
    combine: 'any',
    conditions: [{ kind: 'price-level', side: 'below', level: '2500', params: { asset: 'ETH', source: 'oracle' } }],
    severity: 'warning',
    dwell: { seconds: 0, ticks: 1 },
    cooldownSeconds: 0,
    channels: ['in-app'],
  },
  name: 'Alice is near',
  severity: 'warning',
  sentence: 'Warn me when the oracle price of ETH is below $2,500.',
  status: 'armed',
  mutedUntilMs: null,
  snoozedUntilMs: null,
  createdAtMs: NOW_MS,
  updatedAtMs: NOW_MS,
  lastFiredAtMs: null,
  problem: null,
  subjects: [
    {
      id: '*',
      name: 'ETH',
      status: 'armed',
      firedAtMs: null,
      episode: 0,
      standing: [{ title: 'Price', met: 'false', limit: 'below $2,500', figure: '$3,000', left: '$500' }],
    },
  ],
  subjectCount: 1,
  ended: null,
  ...changes,
});

/** For tests: the server's answer with these triggers, heard at once. */
export const listOf = (triggers: readonly ListedTrigger[], changes: Partial<TriggerList> = {}): TriggerList => ({
  serverTimeMs: NOW_MS,
  status: { isArmed: true, behind: 0, triggerCount: triggers.length, problem: null, pausedSinceMs: null },
  triggers: [...triggers],
  ...changes,
});
