'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { tellCause } from '@/components/risk/tell-cause';
import { policy } from '@/lib/config/policy';
import { readRecordedPrices } from '@/lib/queries/recorded-prices';
import type { Trigger } from '@/lib/triggers/trigger';
import type { Position } from '@/lib/venues/registry';
import { type PreviewClient, type PreviewState, supervisePreview } from '@/lib/workers/preview/preview-client';
import type { Preview, PreviewInputSource } from '@/lib/workers/preview/preview-protocol';
import type { JobProgress } from '@/lib/workers/run-steps';
import type { WorkerSupervisor } from '@/lib/workers/supervise-worker';
import { WorkerLostError } from '@/lib/workers/worker-lost-error';
import type { PreviewChoice } from './preview-choice';

export interface ShownPreview {
  readonly preview: Preview;
  /** What it answers to. */
  readonly trigger: Trigger;
  readonly choice: PreviewChoice;
}

export interface PreviewRun {
  /** The last one that was worked out; it stays while the next is on its way. */
  readonly shown: ShownPreview | undefined;
  readonly isBusy: boolean;
  readonly progress: JobProgress | undefined;
  readonly problem: string | undefined;
  /** With the positions as they are by now. */
  readonly again: () => void;
}

export interface PreviewAsk {
  readonly trigger: Trigger | undefined;
  readonly positions: readonly Position[];
  readonly choice: PreviewChoice;
}

/** Typing goes on for as long as keys come within this. */
const SETTLE_MS = 400;
const HOUR_MS = 3_600_000;
const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;

/** The worker for as long as the panel is there. */
function useClient(): PreviewState & { readonly retry: () => void } {
  const [state, setState] = useState<PreviewState>({ kind: 'starting' });
  const supervisor = useRef<WorkerSupervisor>(undefined);
  useEffect(() => {
    const started = supervisePreview({ nowMs: () => performance.now(), onState: setState });
    supervisor.current = started;
    return () => started.close();
  }, []);
  return { ...state, retry: () => supervisor.current?.retry() };
}

/** What of a trigger decides a preview: its name and its channels do not. */
const keyOf = ({ trigger, choice }: PreviewAsk): string | undefined =>
  trigger &&
  JSON.stringify([trigger.scope, trigger.combine, trigger.conditions, trigger.dwell, trigger.cooldownSeconds, choice]);

async function openSource(
  client: PreviewClient,
  { trigger, positions, choice }: PreviewAsk & { readonly trigger: Trigger },
  signal: AbortSignal,
): Promise<PreviewInputSource> {
  const nowMs = Date.now();
  switch (choice.kind) {
    case 'recorded': {
      const assets = await client.run('assets', { trigger, positions }, { signal });
      const span = { fromMs: nowMs - choice.recordedHours * HOUR_MS, toMs: nowMs + 1, signal };
      const ids = assets.map(({ id }) => id);
      return { kind: 'recorded', series: await readRecordedPrices(ids, span) };
    }
    case 'file':
      return { kind: 'file', text: choice.file?.text ?? '' };
    case 'simulated': {
      const { seed, pathCount, horizonDays } = choice;
      const { stepSeconds } = policy.preview;
      return {
        kind: 'simulated',
        seed,
        pathCount,
        horizonSeconds: horizonDays * DAY_SECONDS,
        stepSeconds,
        fromMs: nowMs,
      };
    }
  }
}

/**
 * The preview of a trigger, worked out again once it, or the choice of prices, has stopped changing: not with each block, which `again` does. What
 * is overtaken is given up.
 */
export function usePreview(ask: PreviewAsk): PreviewRun {
  const state = useClient();
  const client = state.kind === 'ready' ? state.client : undefined;
  const [shown, setShown] = useState<ShownPreview>();
  const [progress, setProgress] = useState<JobProgress>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const [round, setRound] = useState(0);
  const isAsked = ask.trigger !== undefined && (ask.choice.kind !== 'file' || ask.choice.file !== undefined);
  const key = isAsked ? keyOf(ask) : undefined;

  const run = useEffectEvent(async (worker: PreviewClient, signal: AbortSignal): Promise<void> => {
    const { trigger, positions, choice } = ask;
    if (!trigger) return;
    try {
      const source = await openSource(worker, { trigger, positions, choice }, signal);
      const input = { trigger, positions, source, wishedLeadMs: choice.leadHours * HOUR_SECONDS * 1_000 };
      const preview = await worker.run('preview', input, { signal, onProgress: setProgress });
      if (!signal.aborted) setShown({ preview, trigger, choice });
    } catch (cause) {
      // A worker that stopped is replaced, and the new one asked.
      if (!signal.aborted && !(cause instanceof WorkerLostError)) setProblem(tellCause(cause));
    }
    if (signal.aborted) return;
    setProgress(undefined);
    setIsBusy(false);
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a round is another one though nothing it reads has changed.
  useEffect(() => {
    setProblem(undefined);
    setProgress(undefined);
    setIsBusy(client !== undefined && key !== undefined);
    if (!client || key === undefined) return;
    const controller = new AbortController();
    const timer = setTimeout(() => void run(client, controller.signal), SETTLE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, key, round]);

  const again = () => {
    if (state.kind === 'lost') state.retry();
    setRound((before) => before + 1);
  };
  return {
    shown,
    isBusy,
    progress,
    problem: state.kind === 'lost' ? `The preview stopped: ${state.reason}` : problem,
    again,
  };
}
