import 'server-only';
import { policy } from '@/lib/config/policy';
import { computeFiring } from '@/lib/triggers/compute-firing';
import type { MachineState } from '@/lib/triggers/machine';
import { prepareTrigger } from '@/lib/triggers/prepare-trigger';
import { computeReleaseMs } from '@/lib/triggers/quiet-hours';
import { parseDecimal } from '@/lib/units/decimal';
import { BPS, WAD, type Wad, wad } from '@/lib/units/fixed';
import { describeRemedy } from '@/lib/watch/describe-remedy';
import type { Look } from '@/lib/watch/trigger-watch';
import type { AlertBody } from '../delivery/alert-message';
import type { NewDelivery, Transition } from '../storage/record-firings';
import type { Decision } from './firing-writer';
import { toAlert } from './to-alert';

const MINUTE_MS = 60_000;
const WAD_DECIMALS = 18;
const LEAST_REMEDY_TARGET = (policy.triggers.remedyTargetBps * WAD) / BPS;

export interface DecisionOptions {
  readonly engineVersion: string;
  /** Where Ballast is reached, for links. */
  readonly baseUrl: string;
  /** Whom a trigger's firings are told to nobody until then. */
  readonly mutedUntilMs: number | null;
  /** The clock: when a message goes out is reckoned from when it is written, however long ago the block is that it tells of. */
  readonly now: () => number;
}

/** Channels at once, or one after the other by the escalation; none before the quiet hours are over, and none while it is muted. */
function listDeliveries(
  { saved, subject }: Look,
  body: AlertBody,
  { mutedUntilMs, now }: Pick<DecisionOptions, 'mutedUntilMs' | 'now'>,
): readonly NewDelivery[] {
  const { severity, channels, quietHours, escalation } = saved.trigger;
  const nowMs = Math.max(subject.world.nowMs, now());
  if (mutedUntilMs !== null && nowMs < mutedUntilMs) return [];
  const afterMs = (escalation?.afterMinutes ?? 0) * MINUTE_MS;
  const releasedMs = computeReleaseMs(severity, quietHours, nowMs);
  return channels.map((channelId, index) => ({
    channelId,
    step: afterMs > 0 ? index : 0,
    notBeforeMs: releasedMs + index * afterMs,
    body,
  }));
}

/** The health factor that a remedy leads to: the policy's, or where the trigger itself lets go if that is higher. */
function computeRemedyTarget({ trigger }: Look['saved']): Wad {
  const levels = trigger.conditions
    .filter(({ kind, side }) => kind === 'health-factor' && side === 'below')
    .map(({ level, rearm }) => parseDecimal(rearm ?? level, WAD_DECIMALS));
  return wad(levels.reduce((highest, level) => (level > highest ? level : highest), LEAST_REMEDY_TARGET));
}

/** No remedy is worth a warning: where it cannot be worked out, there is none. */
function findRemedy({ saved, subject }: Look): string | null {
  // What is asked of a book's position is not ours to say: its owner trades elsewhere.
  if (subject.isOfBook) return null;
  try {
    return describeRemedy(subject.world, subject.id, computeRemedyTarget(saved)) ?? null;
  } catch {
    return null;
  }
}

function toFiring(look: Look, options: DecisionOptions): Transition['firing'] {
  const { engineVersion, baseUrl } = options;
  const { saved, subject, state, reading } = look;
  const { block, nowMs } = subject.world;
  const record = computeFiring(prepareTrigger(saved.trigger), reading, {
    triggerId: saved.id,
    triggerVersion: saved.version,
    subjectId: subject.id,
    subjectName: subject.name,
    episode: state.episode,
    atMs: nowMs,
    inputs: subject.inputs,
    block: block ? { number: block.number.toString(), hash: block.hash } : null,
    engineVersion,
    remedy: findRemedy(look),
  });
  const deliveries = listDeliveries(look, toAlert(record, saved.trigger.name, baseUrl), options);
  return { severity: saved.trigger.severity, firedAtMs: nowMs, record, deliveries };
}

/** What a look means for the storage: its state and, where it fired, the record and the messages, which are put together when they are written. */
export function toDecision(look: Look, options: DecisionOptions): Decision {
  const { saved, subject, state, firing } = look;
  const shared = {
    triggerId: saved.id,
    triggerVersion: saved.version,
    subject: subject.id,
    state,
    episode: state.episode,
  };
  return {
    triggerId: saved.id,
    subject: subject.id,
    isFiring: firing,
    toTransition: () => {
      const fired = firing ? toFiring(look, options) : undefined;
      return fired ? { ...shared, firing: fired } : shared;
    },
  };
}

/** How far a dwell has come, of those that take more than one look. */
function countHeld({ saved }: Look, { heldTicks, heldMs }: MachineState): number {
  const { ticks, seconds } = saved.trigger.dwell;
  if (ticks <= 1 && seconds === 0) return 0;
  return Math.min(heldTicks, ticks) + Math.min(heldMs, seconds * 1_000);
}

/** A dwell is kept from block to block, and wherever it ends: what is kept of it is never more than was seen. */
function hasDwellMoved(look: Look): boolean {
  const held = countHeld(look, look.state);
  return held !== countHeld(look, look.before) && (look.kind === 'state' || look.kind === 'triggers' || held === 0);
}

/** Whether a restart has to know of it: else the state may be worked out again. */
export function isWorthKeeping(look: Look): boolean {
  const { before, state, firing } = look;
  return (
    firing ||
    hasDwellMoved(look) ||
    before.isLatched !== state.isLatched ||
    before.isExpired !== state.isExpired ||
    before.snoozedUntilMs !== state.snoozedUntilMs ||
    before.cooldownUntilMs !== state.cooldownUntilMs
  );
}
