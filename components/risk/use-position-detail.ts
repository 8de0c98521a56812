'use client';

import { useEffect, useState } from 'react';
import type { DeskDetail } from '@/lib/workers/desk/desk-protocol';
import { tellCause } from './tell-cause';
import type { ShownDesk } from './use-desk';

export interface PositionDetail {
  /** `null`: no position of the book has this id; `undefined`: not there yet. */
  readonly detail: DeskDetail | null | undefined;
  readonly problem: string | undefined;
}

/** Everything the desk knows of one position, under the what-if that the rest of the screen shows. */
export function usePositionDetail({ opened, request: { whatIf } }: ShownDesk, id: string): PositionDetail {
  const [found, setFound] = useState<PositionDetail>({ detail: undefined, problem: undefined });
  const { client, ticket } = opened;
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    client.run('detail', { ticket, whatIf, id }, { signal }).then(
      (detail) => !signal.aborted && setFound({ detail: detail ?? null, problem: undefined }),
      (cause) => !signal.aborted && setFound({ detail: undefined, problem: tellCause(cause) }),
    );
    return () => controller.abort();
  }, [client, ticket, whatIf, id]);
  return found;
}
