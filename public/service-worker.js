// Shows what the server sends by Web Push while no page of Ballast is open. Kept small and without imports: it is fetched as it stands here.

const WORDS = { info: 'Info', warning: 'Warning', critical: 'Critical' };

/** What was sent; whatever cannot be read is still shown, for an alert must not vanish. */
function readAlert(data) {
  try {
    const sent = data.json();
    if (sent !== null && typeof sent === 'object') return sent;
  } catch {
    // Said below.
  }
  return {};
}

const textOr = (value, other) => (typeof value === 'string' && value !== '' ? value : other);

/** A page of this origin, whatever was sent. */
function toOwnPage(link) {
  const log = new URL('/triggers/log', self.location.origin);
  try {
    const url = new URL(textOr(link, log.href), self.location.origin);
    return url.origin === self.location.origin ? url.href : log.href;
  } catch {
    return log.href;
  }
}

self.addEventListener('push', (event) => {
  const { key, severity, title, body, link } = readAlert(event.data);
  const isCritical = severity === 'critical';
  event.waitUntil(
    self.registration.showNotification(textOr(title, `${WORDS[severity] ?? 'Alert'}: Ballast`), {
      body: textOr(body, 'An alert arrived that could not be read. Open the log to see it.'),
      // Sent twice, it is the same alert: the second takes the place of the first without a sound.
      tag: textOr(key, 'ballast-alert'),
      requireInteraction: isCritical,
      icon: '/icon.svg',
      timestamp: Date.now(),
      ...(isCritical ? { vibrate: [400, 150, 400, 150, 800] } : {}),
      data: { link: toOwnPage(link) },
    }),
  );
});

async function openPage(link) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const shown = pages.find(({ url }) => url === link) ?? pages[0];
  if (!shown) return self.clients.openWindow(link);
  await shown.focus().catch(() => undefined);
  if (shown.url === link) return shown;
  // A page that this worker does not control cannot be led elsewhere.
  return shown.navigate(link).catch(() => self.clients.openWindow(link));
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openPage(toOwnPage(event.notification.data?.link)));
});

async function send(method, body) {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch('/api/push', { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`Ballast answered ${answer.status}.`);
}

async function resubscribe({ oldSubscription, newSubscription }) {
  const options = oldSubscription?.options;
  const made = newSubscription ?? (options && (await self.registration.pushManager.subscribe(options)));
  if (!made) return;
  const { endpoint, keys } = made.toJSON();
  await send('POST', { endpoint, keys });
  if (oldSubscription) await send('DELETE', { endpoint: oldSubscription.endpoint });
}

// The browser changed where it takes pushes: without this the next alert would go nowhere.
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(resubscribe(event)));

// A new version takes over at once: there are no pages that rely on an old one.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
