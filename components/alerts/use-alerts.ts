'use client';

import { startTransition, useEffect, useState } from 'react';
import { type AlertState, alertStore } from '@/lib/stores/alert-store';

/**
 * One part of what is known of alerts, drawn between everything urgent, so that a flood of alerts does not hold up a hand. `select` must be one
 * and the same function each time.
 */
export function useAlerts<T>(select: (state: AlertState) => T): T {
  const [value, setValue] = useState(() => select(alertStore.getInitialState()));
  useEffect(() => {
    const follow = () => {
      const next = select(alertStore.getState());
      startTransition(() => setValue(() => next));
    };
    follow();
    return alertStore.subscribe(follow);
  }, [select]);
  return value;
}
