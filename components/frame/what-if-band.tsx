'use client';

import { formatChangeBps } from '@/lib/format/format-percent';
import { isWhatIfActive } from '@/lib/scenarios/what-if';
import { useView } from './use-view';

/** A coloured band across the top while figures stand under a shock: nobody takes them for today's. */
export function WhatIfBand() {
  const [{ shock }, setView] = useView();
  if (!isWhatIfActive(shock)) return null;
  const families = Object.entries(shock.byFamily).map(([key, bps]) => `${key.toUpperCase()} ${formatChangeBps(bps)}`);
  const parts = [...(shock.allBps === 0 ? [] : [`everything ${formatChangeBps(shock.allBps)}`]), ...families];
  return (
    <div
      role="status"
      className="flex h-[22px] items-center justify-center gap-3 bg-accent px-3 text-on-accent text-xs"
    >
      <span className="truncate">
        <strong className="font-semibold">What if:</strong> {parts.join(', ')}. Underlined figures are not today’s.
      </span>
      <button type="button" className="shrink-0 underline" onClick={() => void setView({ shock: null })}>
        Reset
      </button>
    </div>
  );
}
