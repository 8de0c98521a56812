import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';

/** The desk's worker stopped and is not started again by itself: what that means for the figures, and the way on. */
export function DeskLost(props: {
  readonly reason: string;
  /** Figures from before are still on screen. */
  readonly isShown: boolean;
  readonly onRetry: () => void;
}) {
  const { reason, isShown, onRetry } = props;
  return (
    <Notice
      title="The risk figures stopped being computed"
      details={reason}
      actions={<Button onClick={onRetry}>Retry</Button>}
    >
      {isShown
        ? 'Those below are from before it stopped and answer to nothing that changed since. '
        : 'There are none to show. '}
      The book is unchanged; a retry opens it anew.
    </Notice>
  );
}
