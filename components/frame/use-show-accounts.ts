'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { createSerializer } from 'nuqs';
import { useCallback } from 'react';
import type { Address } from '@/lib/domain/asset';
import { type AccountScope, viewParsers } from '@/lib/stores/view-state';
import { useView } from './use-view';

const serialize = createSerializer(viewParsers);

/** Shows somebody's positions: in place on Positions, else by going there. What else the view says stays. */
export function useShowAccounts(): (scope: AccountScope | null, watch?: readonly Address[]) => void {
  const [, setView] = useView();
  const pathname = usePathname();
  const search = useSearchParams();
  const router = useRouter();
  return useCallback(
    (scope, watch) => {
      const change = { accounts: scope, filter: null, ...(watch ? { watch: [...watch] } : {}) };
      if (pathname === '/') void setView(change, { history: 'push' });
      else router.push(serialize(`/?${search}`, change));
    },
    [pathname, search, router, setView],
  );
}
