'use client';

import { useQueryState } from 'nuqs';
import { useMemo } from 'react';
import type { PositionRow } from '@/lib/book/position-row';
import { formatProbePrices, type ProbePrices, readProbe } from '@/lib/book/probe';
import { type ProbeTexts, parseAsProbe } from '@/lib/stores/probe-state';

const NONE: ProbeTexts = new Map();

export interface ProbeState {
  readonly probe: ProbePrices;
  readonly isActive: boolean;
  /** Puts these prices in, beside those that are in already. */
  readonly move: (prices: ProbePrices) => void;
  readonly reset: () => void;
}

/** The prices the page is asked at, kept in its link. */
export function useProbe(row: PositionRow): ProbeState {
  const [texts, setTexts] = useQueryState('at', parseAsProbe.withDefault(NONE));
  const probe = useMemo(() => readProbe(row, texts), [row, texts]);
  return {
    probe,
    isActive: probe.size > 0,
    move: (prices) => void setTexts(formatProbePrices(row, new Map([...probe, ...prices]))),
    reset: () => void setTexts(null),
  };
}
