import 'server-only';
import { InvalidInputError } from '@/lib/domain/errors';
import { recordTest } from '../storage/channels';
import type { Db } from '../storage/schema';
import { readChannelForDelivery } from '../storage/secrets-for-delivery';
import { createTestMessage } from './create-test-message';
import type { DeliverySurroundings } from './delivery-context';
import { describeFailure } from './judge-failure';
import { sendAlert } from './send-alert';

export interface ChannelTest {
  readonly channelId: string;
  /** Unlike that of every other test, so that no receiver drops it as known. */
  readonly testId: string;
  /** Where the message leads: a complete address of this app. */
  readonly link: string;
}

/**
 * What the test button does: sends a message that says it is a test, once, and records what came of it as the channel's last success or
 * failure. Gives the same; `detail` is safe to show.
 *
 * Errors: `StorageUnavailableError`; `InvalidInputError` CHANNEL for a channel that is not there.
 */
export async function testChannel(
  db: Db,
  { channelId, testId, link }: ChannelTest,
  surroundings: DeliverySurroundings,
): Promise<{ readonly ok: boolean; readonly detail: string }> {
  const channel = await readChannelForDelivery(db, channelId);
  if (!channel) throw new InvalidInputError('CHANNEL', 'There is no such channel.', { inputs: { channelId } });
  const message = createTestMessage(testId, surroundings.clock.now(), link);
  const outcome = await sendAlert(message, channel, surroundings).then(
    () => ({ ok: true, detail: 'Delivered.' }),
    (error: unknown) => ({ ok: false, detail: describeFailure(error).problem }),
  );
  await recordTest(db, channelId, { ...outcome, atMs: surroundings.clock.now() });
  return outcome;
}
