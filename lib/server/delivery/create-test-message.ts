import 'server-only';
import type { AlertMessage } from './alert-message';

/** The alert that a channel's test button sends: marked as a test everywhere. Each has its own id, so that no receiver drops it as known. */
export function createTestMessage(id: string, atMs: number, link: string): AlertMessage {
  return {
    idempotencyKey: `test-${id}`,
    firingId: `test-${id}`,
    triggerName: 'Test of this channel',
    severity: 'info',
    atMs,
    sentence: 'This is a test. An alert would reach you here.',
    values: [{ label: 'Health factor', value: '1.25', text: '1.25' }],
    subject: 'No position',
    link,
    isTest: true,
  };
}
