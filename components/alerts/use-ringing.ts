'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { alertSettings } from '@/lib/stores/alert-settings';
import { alertStore } from '@/lib/stores/alert-store';
import { heardAlerts } from '@/lib/stores/heard-alerts';
import { ringStore, startRinging } from '@/lib/stores/ring-client';
import { SEVERITIES } from '@/lib/triggers/trigger';
import { pageAlarm } from './alarm';
import { showNotifications } from './show-notifications';
import { startSound } from './start-sound';

/** Rings and notifies for as long as the page is open. To be used once. */
export function useRinging(): void {
  const router = useRouter();
  const open = useRef((path: string) => router.push(path));
  useEffect(() => {
    open.current = (path) => router.push(path);
  }, [router]);

  useEffect(() => {
    const load = () => {
      alertSettings.getState().load();
      heardAlerts.getState().load();
    };
    load();
    addEventListener('storage', load);
    const sound = startSound({
      alarm: pageAlarm,
      ring: ringStore,
      settings: alertSettings,
      // Only in secure contexts; loopback counts as one.
      locks: navigator.locks as Parameters<typeof startSound>[0]['locks'],
      target: document,
    });
    const endRinging = startRinging({
      alerts: alertStore,
      heard: heardAlerts,
      ring: ringStore,
      announce(due) {
        showNotifications(due, (path) => open.current(path));
        const loudest = SEVERITIES.findLast((severity) => due.some(({ firing }) => firing.severity === severity));
        // A critical one rings on by itself.
        if (loudest && loudest !== 'critical') sound.playOnce(loudest);
      },
    });
    return () => {
      endRinging();
      sound.end();
      removeEventListener('storage', load);
    };
  }, []);
}
