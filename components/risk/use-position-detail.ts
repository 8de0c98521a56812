'use client';

import { useEffect, useState } from 'react';
import type { WhatIf } from '@/lib/scenarios/what-if';
import type { DeskDetail } from '@/lib/workers/desk/desk-protocol';
import { tellCause } from './tell-cause';
import type { ShownDesk } from './use-desk';

export interface PositionDetail {
  /** `null`: no position of the book has this id; `undefined`: not there yet. */
  readonly detail: DeskDetail | null | undefined;
  readonly problem: string | undefined;
  /** What is here is of the book or the what-if before; the figures of now are on their way. */
  readonly isOld: boolean;
}

/** What was found, and what it answers to. */
interface Found extends Omit<PositionDetail, 'isOld'> {
  readonly of: { readonly opened: ShownDesk['opened']; readonly whatIf: WhatIf; readonly id: string };
}

/** Everything the desk knows of one position, under the what-if that the rest of the screen shows. */
export function usePositionDetail(shown: ShownDesk, id: string): PositionDetail {
  const { opened, standings } = shown;
  const { whatIf } = shown.request;
  const [found, setFound] = useState<Found>();
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const of = { opened, whatIf, id };
    opened.client.run('detail', { ticket: opened.ticket, whatIf, standings, id }, { signal }).then(
      (detail) => !signal.aborted && setFound({ detail: detail ?? null, problem: undefined, of }),
      (cause) => !signal.aborted && setFound({ detail: undefined, problem: tellCause(cause), of }),
    );
    return () => controller.abort();
  }, [opened, whatIf, standings, id]);
  // Of another position nothing is shown, not even dimmed.
  if (found?.of.id !== id) return { detail: undefined, problem: undefined, isOld: false };
  const { detail, problem, of } = found;
  return { detail, problem, isOld: of.opened !== opened || of.whatIf !== whatIf };
}
