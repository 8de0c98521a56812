'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';
import { keepSearch } from './keep-search';

/** Makes links between the triggers' screens that keep the choices of the page. */
export function useLink(): (path: string, own?: Readonly<Record<string, string>>) => string {
  const search = useSearchParams().toString();
  return useCallback((path, own) => keepSearch(search, path, own), [search]);
}
