'use client';

import { describeBadge } from './describe-badge';
import { Toaster } from './toaster';
import { useAlertStream } from './use-alert-stream';
import { useAlerts } from './use-alerts';
import { useRinging } from './use-ringing';
import { useTitleBadge } from './use-title-badge';

/** Everything that hears of alerts while a page is open, whichever screen it shows. One for the whole app. */
export function AlertsHost() {
  useAlertStream();
  useRinging();
  useTitleBadge(useAlerts(describeBadge));
  return <Toaster />;
}
