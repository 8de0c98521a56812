'use client';

import type { AlertState } from '@/lib/stores/alert-store';
import { Toaster } from './toaster';
import { useAlertStream } from './use-alert-stream';
import { useAlerts } from './use-alerts';
import { useRinging } from './use-ringing';
import { useTitleBadge } from './use-title-badge';

/** "?" while this browser would not hear of an alert: a tab in the background must not look quiet. */
const badgeOf = ({ connection, unacknowledged }: AlertState): string | undefined => {
  if (connection === 'lost') return '?';
  return unacknowledged > 0 ? String(unacknowledged) : undefined;
};

/** Everything that hears of alerts while a page is open, whichever screen it shows. One for the whole app. */
export function AlertsHost() {
  useAlertStream();
  useRinging();
  useTitleBadge(useAlerts(badgeOf));
  return <Toaster />;
}
