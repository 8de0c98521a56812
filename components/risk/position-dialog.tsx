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
  readonly onClose: () => void;
}) {
  const { shown, id, onClose } = props;
  const { detail, problem } = usePositionDetail(shown, id);
  return (
    <Dialog title={id} onClose={onClose}>
      <div className="px-4 py-3 text-[13px]">
        {detail && <DetailView detail={detail} />}
        {detail === null && <p>This book has no position with this name.</p>}
        {problem !== undefined && <p role="alert">Its figures cannot be shown: {problem}</p>}
        {detail === undefined && problem === undefined && <Skeleton className="h-48 w-full" />}
      </div>
    </Dialog>
  );
}
