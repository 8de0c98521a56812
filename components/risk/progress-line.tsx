import { Button } from '@/components/ui/button';
import { formatNumber } from '@/lib/format/format-number';
import type { JobProgress } from '@/lib/workers/run-steps';

/** How far the desk is. Its place is kept free, so that nothing moves when it is done. */
export function ProgressLine({
  progress,
  onCancel,
}: {
  readonly progress: JobProgress | undefined;
  readonly onCancel?: (() => void) | undefined;
}) {
  const isShown = progress !== undefined || onCancel !== undefined;
  const { phase, done, total } = progress ?? { phase: 'Working', done: 0, total: 0 };
  return (
    <div className="flex h-7 items-center gap-2 text-[12px] text-muted tabular-nums">
      {isShown && (
        <>
          <progress
            aria-label={phase}
            className="h-1 w-32 accent-accent"
            {...(total > 0 ? { value: done, max: total } : {})}
          />
          <span>
            {phase}
            {total > 0 && ` ${formatNumber((done / total) * 100, 0)} %`}
          </span>
          {onCancel && (
            <Button kind="quiet" onClick={onCancel}>
              Cancel
            </Button>
          )}
        </>
      )}
    </div>
  );
}
