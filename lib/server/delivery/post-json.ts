import 'server-only';
import type { DeliveryContext } from './delivery-context';
import { postToTarget } from './post-to-target';

/** Posts a value as JSON. Errors: those of `postToTarget`. */
export const postJson = (address: string, value: unknown, context: DeliveryContext): Promise<void> =>
  postToTarget({ address, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }, context);
