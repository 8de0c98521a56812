'use client';

import { useEffect, useState } from 'react';
import { formatLocalTime, formatUtcTime } from '@/lib/format/format-time';

/** A day and a time in the reader's own zone, UTC on hover. What the server draws is UTC, until the page is taken over. */
export function LocalTime({ atMs, className }: { readonly atMs: number; readonly className?: string }) {
  const [isHere, setIsHere] = useState(false);
  useEffect(() => setIsHere(true), []);
  const utc = formatUtcTime(atMs);
  return (
    <time dateTime={new Date(atMs).toISOString()} title={utc} className={className}>
      {isHere ? formatLocalTime(atMs) : utc}
    </time>
  );
}
