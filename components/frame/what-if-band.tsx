'use client';

import { formatFamily } from '@/lib/domain/asset-family';
import { formatChangeBps } from '@/lib/format/format-percent';
import { isWhatIfActive } from '@/lib/scenarios/what-if';
import { useView } from './use-view';

/** A coloured band across the top while figures stand under a shock: nobody takes them for today's. */
export function WhatIfBand() {
  const [{ shock }, setView] = useView();
  if (!isWhatIfActive(shock)) return null;
  const families = Object.entries(shock.byFamily).map(([key, bps]) => `${formatFamily(key)} ${formatChangeBps(bps)}`);
  const parts = [...(shock.allBps === 0 ? [] : [`everything ${formatChangeBps(shock.allBps)}`]), ...families];
  return (
    <div
      role="status"
      className="flex items-center justify-center gap-3 bg-accent px-4 py-[5px] text-on-accent text-xs leading-4"
    >
      <span>
        <strong className="font-semibold">What if:</strong> {parts.join(', ')}.{' '}
        <span className="max-sm:sr-only">Underlined figures are not today’s.</span>
      </span>
      <button type="button" className="shrink-0 underline" onClick={() => void setView({ shock: null })}>
        Reset
      </button>
    </div>
  );
}
