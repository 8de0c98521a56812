import { forgetPush, registerPush } from '@/lib/queries/channels-query';
import { computePushState, type PushState } from './describe-push';

const WORKER = '/service-worker.js';

const isSupported = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in globalThis && typeof Notification !== 'undefined';

const readSubscription = async (): Promise<PushSubscription | undefined> => {
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? undefined;
};

/** How this browser stands to Web Push. */
export async function readPushState(): Promise<PushState> {
  const supported = isSupported();
  const subscription =
    globalThis.isSecureContext && supported ? await readSubscription().catch(() => undefined) : undefined;
  return computePushState({
    isSecure: globalThis.isSecureContext,
    isSupported: supported,
    permission: supported ? Notification.permission : undefined,
    isSubscribed: subscription !== undefined,
  });
}

/** base64url as bytes, as a push service's key is given to the browser. */
export function decodeKey(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

const hasKey = ({ options }: PushSubscription, key: Uint8Array): boolean => {
  const used = options.applicationServerKey;
  if (!used) return false;
  const bytes = new Uint8Array(used);
  return bytes.length === key.length && bytes.every((byte, index) => byte === key[index]);
};

/**
 * Subscribes this browser, after asking for permission, so to be called while a hand acts on the page, and tells the server. One made for another
 * server's key is replaced: that could no longer send to it.
 *
 * Errors: `ApiError`; the browser's own where its push service refuses.
 */
export async function subscribePush(publicKey: string): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted') return;
  await navigator.serviceWorker.register(WORKER, { scope: '/', updateViaCache: 'none' });
  const { pushManager } = await navigator.serviceWorker.ready;
  const key = decodeKey(publicKey);
  const known = await pushManager.getSubscription();
  const isFit = known !== null && hasKey(known, key);
  if (known && !isFit) await known.unsubscribe();
  const made = isFit ? known : await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  await registerPush(made.toJSON());
}

/** Ends this browser's subscription, here first: what is not there any more cannot ring. Errors: `ApiError`. */
export async function unsubscribePush(): Promise<void> {
  const subscription = await readSubscription();
  if (!subscription) return;
  await subscription.unsubscribe();
  await forgetPush(subscription.endpoint);
}
