import { Skeleton } from '@/components/ui/skeleton';

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** The table's place while positions are read for the first time. */
export const TableSkeleton = () => (
  <div className="mt-2">
    {ROWS.map((row) => (
      <div key={row} className="flex h-row items-center gap-6 border-line border-b px-2">
        <Skeleton className="h-4 w-24" />
        <Skeleton className="h-4 w-28" />
        <Skeleton className="h-2 w-24" />
        <Skeleton className="h-2 w-24" />
        <Skeleton className="h-2 w-28" />
        <span className="flex-1" />
        <Skeleton className="h-4 w-16" />
      </div>
    ))}
  </div>
);
