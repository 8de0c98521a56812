'use client';

import { isWhatIfActive } from '@/lib/scenarios/what-if';
import { describeWhatIf } from './describe-what-if';
import { useView } from './use-view';

/** A coloured band across the top while figures stand under a shock: nobody takes them for today's. */
export function WhatIfBand() {
  const [{ shock }, setView] = useView();
  if (!isWhatIfActive(shock)) return null;
  return (
    <div
      role="status"
      className="flex items-center justify-center gap-3 bg-accent px-4 py-[5px] text-on-accent text-xs leading-4"
    >
      <span>
        <strong className="font-semibold">What if:</strong> {describeWhatIf(shock)}.{' '}
        <span className="max-sm:sr-only">Underlined figures are computed with it.</span>
      </span>
      <button type="button" className="shrink-0 underline" onClick={() => void setView({ shock: null })}>
        Reset
      </button>
    </div>
  );
}
