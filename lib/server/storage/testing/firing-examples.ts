import { saveChannel } from '../channels';
import type { FiringBatch, NewDelivery, Transition } from '../record-firings';
import type { Db } from '../schema';
import { saveTrigger } from '../triggers';

/** A trigger at version 1 and a channel at version 1, under ids of their own. */
export async function createTrigger(db: Db, name: string): Promise<{ triggerId: string; channelId: string }> {
  const ids = { triggerId: `trigger-${name}`, channelId: `channel-${name}` };
  const settings = { kind: 'webhook', name, config: {} };
  await saveChannel(db, { id: ids.channelId, version: 0, settings }, 1);
  await saveTrigger(db, { id: ids.triggerId, version: 0 }, { name }, 1);
  return ids;
}

/** A firing of episode 1 on subject `s` at 1 000 ms, with one message due at once; what is given replaces that. */
export function toTransition(
  { triggerId, channelId }: { readonly triggerId: string; readonly channelId: string },
  given: Partial<Omit<Transition, 'firing'>> & { readonly deliveries?: readonly NewDelivery[] } = {},
): Transition {
  const { deliveries = [{ channelId, step: 0, notBeforeMs: 1_000, body: { text: 'Low' } }], ...rest } = given;
  return {
    triggerId,
    triggerVersion: 1,
    subject: 's',
    state: { kind: 'fired' },
    episode: 1,
    firing: { severity: 'critical', firedAtMs: 1_000, record: { block: 7n, price: '1999.5' }, deliveries },
    ...rest,
  };
}

export const toBatch = (...transitions: readonly Transition[]): FiringBatch => ({ transitions, atMs: 1_001 });
