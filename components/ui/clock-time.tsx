'use client';

import { useEffect, useState } from 'react';
import { formatClockTime, formatUtcTime } from '@/lib/format/format-time';

/** A moment by the reader's own clock, UTC on hover. The server does not know that clock: what it draws is UTC, until the page is taken over. */
export function ClockTime({ atMs, className }: { readonly atMs: number; readonly className?: string }) {
  const [isHere, setIsHere] = useState(false);
  useEffect(() => setIsHere(true), []);
  const utc = formatUtcTime(atMs);
  return (
    <time dateTime={new Date(atMs).toISOString()} title={utc} className={className}>
      {isHere ? formatClockTime(atMs) : utc.slice('yyyy-mm-dd '.length)}
    </time>
  );
}
