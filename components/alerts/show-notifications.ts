import type { LoggedFiring } from '@/lib/alerts/logged-firing';
import { policy } from '@/lib/config/policy';
import { logPathOf } from './firing-links';
import { severityWord } from './severity-word';

interface Shown {
  readonly title: string;
  readonly path: string;
  readonly options: NotificationOptions;
}

const toNotification = ({ id, triggerName, firing }: LoggedFiring): Shown => ({
  title: `${severityWord(firing.severity)}: ${triggerName}`,
  path: logPathOf(id),
  // The same for every tab: the second takes the place of the first without a word.
  options: {
    body: firing.sentence,
    tag: `ballast-firing-${id}`,
    icon: '/icon.svg',
    requireInteraction: firing.severity === 'critical',
  },
});

function toSummary(due: readonly LoggedFiring[]): Shown {
  const critical = due.filter(({ firing }) => firing.severity === 'critical').length;
  return {
    title: `${due.length} alerts${critical > 0 ? `, ${critical} of them critical` : ''}`,
    path: '/triggers/log',
    options: {
      body: due[0]?.firing.sentence ?? '',
      tag: 'ballast-many',
      icon: '/icon.svg',
      requireInteraction: critical > 0,
    },
  };
}

/** Where a phone's browser shows none from a page, its service worker does. */
async function showByWorker({ title, path, options }: Shown): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.showNotification(title, { ...options, data: { link: path } });
}

/**
 * Shows alerts as notifications of the system where the user has allowed them: each its own, or one for all where many fell due at once. A click
 * brings the page to the front and calls `open` with the path to go to.
 */
export function showNotifications(due: readonly LoggedFiring[], open: (path: string) => void): void {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
  const shown = due.length > policy.ringing.mostNotifications ? [toSummary(due)] : due.map(toNotification);
  for (const one of shown) {
    try {
      const notification = new Notification(one.title, one.options);
      notification.onclick = () => {
        window.focus();
        notification.close();
        open(one.path);
      };
    } catch {
      void showByWorker(one).catch(() => undefined);
    }
  }
}
