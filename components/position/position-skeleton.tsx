import { Skeleton } from '@/components/ui/skeleton';

const CELLS = ['health', 'ltv', 'ratio', 'first', 'second', 'together'];

/** The page's final layout while the position is read for the first time. */
export function PositionSkeleton() {
  return (
    <div aria-busy="true">
      <h1 className="sr-only">Reading the position</h1>
      <div className="grid grid-cols-6 gap-4 border-line border-b pb-3 max-lg:grid-cols-3 max-md:grid-cols-2">
        {CELLS.map((cell) => (
          <Skeleton key={cell} className="h-[62px]" />
        ))}
      </div>
      <Skeleton className="my-2.5 h-8" />
      <div className="grid gap-3.5 lg:grid-cols-[1fr_1fr_322px]">
        <Skeleton className="h-[360px]" />
        <Skeleton className="h-[360px]" />
        <Skeleton className="h-[360px]" />
      </div>
      <Skeleton className="mt-3.5 h-56" />
    </div>
  );
}
