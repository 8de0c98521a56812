'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { InvalidInputError } from '@/lib/domain/errors';
import type { Standings } from '@/lib/risk/exposure/desk-book';
import type { DeskClient } from '@/lib/workers/desk/desk-client';
import type {
  CheckedSource,
  DeskRow,
  DeskSource,
  DeskView,
  DeskViewRequest,
  OpenedDesk,
} from '@/lib/workers/desk/desk-protocol';
import type { JobProgress } from '@/lib/workers/run-steps';
import { WorkerLostError } from '@/lib/workers/worker-lost-error';
import { tellCause } from './tell-cause';

/** What is asked of the desk; the rest is its own timing. */
export type DeskRequest = Omit<DeskViewRequest, 'ticket' | 'withBadDebt' | 'rowsKey' | 'standings'>;

export interface OpenDesk extends OpenedDesk {
  /** Which book it is. */
  readonly key: string;
  /** The desk that holds it: another one does not know its ticket. */
  readonly client: DeskClient;
}

export interface ShownDesk {
  /** The book that is shown. */
  readonly opened: OpenDesk;
  readonly view: DeskView;
  readonly rows: readonly DeskRow[];
  /** What it answers to. */
  readonly request: DeskRequest;
  readonly standings: Standings | undefined;
}

export interface Desk {
  readonly shown: ShownDesk | undefined;
  readonly progress: JobProgress | undefined;
  /** Why the book cannot be shown. */
  readonly problem: string | undefined;
  /** Figures of what is asked for now are on their way; those shown answer to what was asked before, or of a desk that stopped. */
  readonly isBusy: boolean;
  /** Reads a book without opening it; throws what is wrong with it. */
  check(source: DeskSource, signal: AbortSignal): Promise<CheckedSource>;
}

/** No fault of the book's: another one is being opened already, or its desk stopped and another one starts. */
const isOvertaken = (cause: unknown): boolean =>
  cause instanceof WorkerLostError || (cause instanceof InvalidInputError && cause.code === 'BOOK_CHANGED');

/**
 * The desk's figures of a book under a request: what is there at once, bad debts as soon as they are computed. While new figures are on
 * their way those before stay; a request that is overtaken is given up.
 */
export function useDesk(
  client: DeskClient | undefined,
  key: string,
  source: DeskSource | undefined,
  request: DeskRequest,
  standings?: Standings,
): Desk {
  const [opened, setOpened] = useState<OpenDesk>();
  const [shown, setShown] = useState<ShownDesk>();
  const [progress, setProgress] = useState<JobProgress>();
  const [problem, setProblem] = useState<{ readonly key: string; readonly text: string }>();
  const rows = useRef<{ readonly key: string; readonly rows: readonly DeskRow[] }>(undefined);
  const open = useRef<Pick<OpenDesk, 'key' | 'client'> & { readonly source: DeskSource }>(undefined);

  // A file may be chosen before the worker has started: it is read as soon as that has.
  const waiting = useRef<((started: DeskClient) => void)[]>([]);
  // Whoever asks may hold the `check` of an earlier render.
  const latest = useRef<DeskClient>(undefined);
  useEffect(() => {
    latest.current = client;
    if (client) for (const tellStarted of waiting.current.splice(0)) tellStarted(client);
  }, [client]);

  const check = useCallback<Desk['check']>(async (checked, signal) => {
    const started = latest.current ?? (await new Promise<DeskClient>((resolve) => waiting.current.push(resolve)));
    try {
      return await started.run('check', checked, { signal, onProgress: setProgress });
    } finally {
      setProgress(undefined);
    }
  }, []);

  useEffect(() => {
    if (!client || !source) return;
    const held = open.current;
    if (held?.key === key && held.source === source && held.client === client) return;
    const controller = new AbortController();
    const { signal } = controller;
    // From here on nobody can say which book the desk holds, until it says so.
    open.current = undefined;
    client
      .run('open', source, { signal, onProgress: setProgress })
      .then((found) => {
        if (signal.aborted) return;
        open.current = { key, source, client };
        rows.current = undefined;
        setOpened({ key, client, ...found });
      })
      .catch((cause) => {
        if (signal.aborted) return;
        setProgress(undefined);
        if (!isOvertaken(cause)) setProblem({ key, text: tellCause(cause) });
      });
    return () => controller.abort();
  }, [client, key, source]);

  useEffect(() => {
    if (!client || !opened || opened.key !== key || opened.client !== client) return;
    const controller = new AbortController();
    const { signal } = controller;
    const show = async (withBadDebt: boolean): Promise<void> => {
      const view = await client.run(
        'view',
        { ...request, standings, ticket: opened.ticket, withBadDebt, rowsKey: rows.current?.key },
        { signal, onProgress: setProgress },
      );
      if (signal.aborted) return;
      if (view.rows) rows.current = { key: view.rowsKey, rows: view.rows };
      setShown({ opened, view, request, standings, rows: rows.current?.rows ?? [] });
    };
    const showAll = async (): Promise<void> => {
      await show(false);
      await show(true);
      setProgress(undefined);
      setProblem(undefined);
    };
    showAll().catch((cause) => {
      if (signal.aborted) return;
      setProgress(undefined);
      if (!isOvertaken(cause)) setProblem({ key, text: tellCause(cause) });
    });
    return () => controller.abort();
  }, [client, opened, key, request, standings]);

  const current = shown?.opened.key === key ? shown : undefined;
  return {
    shown: current,
    isBusy: current !== undefined && (current.request !== request || current.opened.client !== client),
    progress,
    problem: problem?.key === key ? problem.text : undefined,
    check,
  };
}
