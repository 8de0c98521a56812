'use client';

import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';

/** A screen that failed to draw: the frame stays, and nothing of the failed screen is shown as a figure. */
export default function ScreenError({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  return (
    <div className="pt-4">
      <Notice
        tone="liquidatable"
        title="This screen could not be drawn"
        actions={<Button onClick={reset}>Draw it again</Button>}
        details={[error.message, error.digest].filter(Boolean).join('\n')}
      >
        No figure of it is shown, so none is wrong. Drawing it again reads everything afresh.
      </Notice>
    </div>
  );
}
