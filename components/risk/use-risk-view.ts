'use client';

import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { useView } from '@/components/frame/use-view';
import type { DeskFilter } from '@/lib/risk/exposure/desk-filter';
import { riskViewParsers } from '@/lib/stores/risk-view-state';
import type { DeskRequest } from './use-desk';

const useRiskState = () => useQueryStates(riskViewParsers, { history: 'replace', shallow: true });

type RiskState = ReturnType<typeof useRiskState>;
export type RiskView = RiskState[0];
export type SetRiskView = RiskState[1];

/** Everything that is chosen, as the link has it when nothing is. */
export const NOTHING_CHOSEN = {
  asset: null,
  family: null,
  venue: null,
  owner: null,
  counterparty: null,
  health: null,
  drop: null,
  fall: null,
  find: null,
} as const;

const toFilter = (view: RiskView): DeskFilter => ({
  asset: view.asset ?? undefined,
  family: view.family ?? undefined,
  venue: view.venue ?? undefined,
  owner: view.owner ?? undefined,
  counterparty: view.counterparty ?? undefined,
  health: view.health ?? undefined,
  drop: view.drop ?? undefined,
  fall: view.fall ?? undefined,
  text: view.find || undefined,
});

export interface RiskViewState {
  readonly view: RiskView;
  readonly setView: SetRiskView;
  /** What is asked of the desk for it, bad debt left to the desk's own timing. */
  readonly request: DeskRequest;
}

/** The view of Risk as its link says it, how to change it, and what it asks of the desk. */
export function useRiskView(): RiskViewState {
  const [view, setView] = useRiskState();
  const [{ shock }] = useView();
  const request = useMemo(
    () => ({
      whatIf: shock,
      filter: toFilter(view),
      dimension: view.by,
      measure: view.measure,
      lookThrough: view.through,
      falling: view.falling,
      sort: view.order,
    }),
    [view, shock],
  );
  return { view, setView, request };
}
