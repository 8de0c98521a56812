/** How this browser stands to Web Push. */
export type PushState = 'unknown' | 'insecure' | 'unsupported' | 'denied' | 'off' | 'on';

/** What is known of the browser. */
export interface PushFacts {
  readonly isSecure: boolean;
  readonly isSupported: boolean;
  readonly permission: NotificationPermission | undefined;
  readonly isSubscribed: boolean;
}

/** How a browser stands to Web Push, the first obstacle first. Pure. */
export function computePushState({ isSecure, isSupported, permission, isSubscribed }: PushFacts): PushState {
  if (!isSecure) return 'insecure';
  if (!isSupported) return 'unsupported';
  if (permission === 'denied') return 'denied';
  return isSubscribed && permission === 'granted' ? 'on' : 'off';
}

/** Each in a sentence, with what to do. */
export const PUSH_WORDS: Readonly<Record<PushState, string>> = {
  unknown: 'Asking this browser…',
  insecure:
    'This page came over plain http from another machine, and browsers allow no notifications there. Open Ballast at http://127.0.0.1 on its own machine, or put https before it.',
  unsupported: 'This browser has no Web Push. On an iPhone it has it once Ballast is added to the home screen.',
  denied:
    'This browser was told to refuse notifications from Ballast. To undo it, click the sign before the address, allow “Notifications”, and reload the page.',
  off: 'This browser gets nothing while no page of Ballast is open.',
  on: 'This browser is notified even while no page of Ballast is open.',
};

/** How this browser stands to notifications of an open page. */
export function describeNotifications(isSecure: boolean, permission: NotificationPermission | undefined): string {
  if (!isSecure) return PUSH_WORDS.insecure;
  if (permission === undefined) return 'This browser shows no notifications.';
  if (permission === 'denied') return PUSH_WORDS.denied;
  return permission === 'granted'
    ? 'An open page notifies you, also from the background.'
    : 'An open page rings, and may not notify you yet.';
}
