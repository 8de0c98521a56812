'use client';

import { useSearchParams } from 'next/navigation';
import { isWhatIfActive } from '@/lib/scenarios/what-if';
import { parseWhatIf } from '@/lib/stores/view-state';
import { describeWhatIf } from './describe-what-if';
import { useView } from './use-view';

const BAND = 'flex items-center justify-center gap-3 px-4 py-[5px] text-xs leading-4';

/** A coloured band across the top while figures stand under a shock: nobody takes them for today's. Nor the other way round. */
export function WhatIfBand() {
  const [{ shock }, setView] = useView();
  // The parameter as it was written: what is read of it says only that it could not be.
  const text = useSearchParams().get('shock');
  if (text !== null && parseWhatIf(text) === null) {
    return (
      <div role="alert" className={`${BAND} bg-warning-bg text-text`}>
        <span>
          <strong className="font-semibold">The what-if of this link cannot be read</strong> (“{text.slice(0, 40)}”):
          figures are today’s. One is written like <code>all:-1000,eth:-2000</code>, in hundredths of a percent.
        </span>
        <button type="button" className="shrink-0 underline" onClick={() => void setView({ shock: null })}>
          Dismiss
        </button>
      </div>
    );
  }
  if (!isWhatIfActive(shock)) return null;
  return (
    <div role="status" className={`${BAND} bg-accent text-on-accent`}>
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
