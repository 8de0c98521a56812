'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { LoggedFiring } from '@/lib/alerts/logged-firing';
import { type FiringFilter, firingsOptions } from '@/lib/queries/firings-query';

/** The log as far as it was asked for, newest first. */
export function useFiringLog(filter: FiringFilter) {
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage, refetch, isPending } = useInfiniteQuery(
    firingsOptions(filter),
  );
  const firings = useMemo(() => data?.pages.flatMap((page): readonly LoggedFiring[] => page.firings), [data]);
  return { firings, error, hasNextPage, fetchNextPage, isFetchingNextPage, refetch, isPending };
}
