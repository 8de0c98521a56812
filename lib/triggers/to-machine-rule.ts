import { policy } from '@/lib/config/policy';
import type { MachineRule } from './machine';
import type { Trigger } from './trigger';

const SECOND_MS = 1_000;

/** The times of a trigger as its machine counts them, milliseconds. `{ seconds: 10, ticks: 2 }` is 10,000 and 2. */
export const toMachineRule = ({
  dwell,
  cooldownSeconds,
  expiresAt,
}: Pick<Trigger, 'dwell' | 'cooldownSeconds' | 'expiresAt'>): MachineRule => ({
  dwellMs: dwell.seconds * SECOND_MS,
  dwellTicks: dwell.ticks,
  cooldownMs: cooldownSeconds * SECOND_MS,
  expiresAtMs: expiresAt === undefined ? null : Date.parse(expiresAt),
  longestGapMs: policy.triggers.longestGapMs,
});
