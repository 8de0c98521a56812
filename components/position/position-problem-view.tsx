'use client';

import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useOpenWatch } from '@/components/frame/use-open-watch';
import { Button, buttonClass } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { rulesOf } from '@/lib/venues/registry';
import type { PositionProblem } from './find-position';

/** A link that leads to no position: what is wrong with it, and what to do. */
export function PositionProblemView({ problem }: { readonly problem: PositionProblem }) {
  const search = useSearchParams().toString();
  const openWatch = useOpenWatch();
  const query = search ? `?${search}` : '';
  const { title, text, details, parts, others } = problem;
  return (
    <>
      <h1 className="sr-only">One position</h1>
      <EmptyState
        title={title}
        action={
          <>
            {others.map((position) => (
              <Link key={position.id} href={`/positions/${position.id}${query}`} className={buttonClass('primary')}>
                {rulesOf(position).name} · {rulesOf(position).formatMarket(position)}
              </Link>
            ))}
            <Link href={`/${query}`} className={buttonClass(others.length === 0 ? 'primary' : 'outline')}>
              All positions
            </Link>
            {parts && others.length === 0 && <Button onClick={openWatch}>Watch an address</Button>}
          </>
        }
      >
        <p>{text}</p>
        {parts && <p className="mono mt-1 break-all">{parts.owner}</p>}
        {details && <p className="mono mt-1 break-all text-faint">{details.slice(0, 300)}</p>}
      </EmptyState>
    </>
  );
}
