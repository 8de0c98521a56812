'use client';

import { useStore } from 'zustand';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { watchStore } from '@/lib/stores/watch-store';

/** What went wrong with the watch list kept in this browser, until it is dismissed. */
export function WatchProblem() {
  const problem = useStore(watchStore, (state) => state.problem);
  const dismiss = useStore(watchStore, (state) => state.dismissProblem);
  if (problem === undefined) return null;
  return (
    <div className="mb-3">
      <Notice title="The watch list" actions={<Button onClick={dismiss}>Dismiss</Button>}>
        {problem}
      </Notice>
    </div>
  );
}
