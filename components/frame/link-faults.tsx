'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { parseProbe } from '@/lib/stores/probe-state';
import { parseFallMark } from '@/lib/stores/risk-view-state';
import { parseWhatIf } from '@/lib/stores/view-state';

interface LinkPart {
  readonly key: string;
  /** On pages whose path begins so. */
  readonly under: string;
  readonly parse: (text: string) => unknown;
  readonly name: string;
  /** What is shown instead, and how one is written. */
  readonly words: ReactNode;
}

/** Parts of a link that change what figures mean, or which of them are shown: none is dropped without a word. */
const PARTS: readonly LinkPart[] = [
  {
    key: 'shock',
    under: '/',
    parse: parseWhatIf,
    name: 'what-if',
    words: (
      <>
        figures are today’s. One is written like <code>all:-1000,eth:-2000</code>, in hundredths of a percent.
      </>
    ),
  },
  {
    key: 'at',
    under: '/positions/',
    parse: parseProbe,
    name: 'moved point',
    words: 'no price is moved. It is written as token addresses with a price each.',
  },
  {
    key: 'fall',
    under: '/risk',
    parse: parseFallMark,
    name: 'mark of the curve',
    words: (
      <>
        all positions are shown. One is written like <code>all:1000</code> or <code>eth:500-1000</code>, in hundredths
        of a percent.
      </>
    ),
  },
];

/** What of this link cannot be read, with what is shown in its place. */
export function LinkFaults() {
  const [path, search, router] = [usePathname(), useSearchParams(), useRouter()];
  const faults = PARTS.flatMap((part) => {
    const text = path.startsWith(part.under) ? search.get(part.key) : null;
    return text !== null && part.parse(text) === null ? [{ ...part, text }] : [];
  });
  const dismiss = (key: string) => {
    const kept = new URLSearchParams(search);
    kept.delete(key);
    router.replace(kept.size > 0 ? `${path}?${kept}` : path);
  };
  return faults.map(({ key, name, text, words }) => (
    <div
      key={key}
      role="alert"
      className="flex items-center justify-center gap-3 bg-warning-bg px-4 py-[5px] text-text text-xs leading-4"
    >
      <span>
        <strong className="font-semibold">The {name} of this link cannot be read</strong> (“{text.slice(0, 40)}”):{' '}
        {words}
      </span>
      <button type="button" className="shrink-0 underline" onClick={() => dismiss(key)}>
        Dismiss
      </button>
    </div>
  ));
}
