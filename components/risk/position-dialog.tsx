'use client';

import { Dialog } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import { DetailView } from './detail-view';
import type { ShownDesk } from './use-desk';
import { usePositionDetail } from './use-position-detail';

/** One position of a book that is on no chain: its legs, its health and its liquidation prices, over the table. */
export function PositionDialog(props: {
  readonly shown: ShownDesk;
  readonly id: string;
  /** What is shown is dimmed everywhere: it is of an earlier what-if, or of a desk that stopped. */
  readonly isBusy: boolean;
  readonly onClose: () => void;
}) {
  const { shown, id, isBusy, onClose } = props;
  const { detail, problem, isOld } = usePositionDetail(shown, id);
  return (
    <Dialog title={id} onClose={onClose}>
      <div className={`px-4 py-3 text-[13px] ${isOld || isBusy ? 'opacity-60' : ''}`} aria-busy={isOld || isBusy}>
        {detail && <DetailView detail={detail} />}
        {detail === null && <p>This book has no position with this name.</p>}
        {problem !== undefined && <p role="alert">Its figures cannot be shown: {problem}</p>}
        {detail === undefined && problem === undefined && <Skeleton className="h-48 w-full" />}
      </div>
    </Dialog>
  );
}
