'use client';

import type { UseQueryStatesReturn } from 'nuqs';
import { createContext, useContext } from 'react';
import type { WatchedAccount } from '@/lib/domain/position';
import type { AccountScope, viewParsers } from '@/lib/stores/view-state';

export interface AccountsInView {
  readonly scope: AccountScope;
  /** Whose positions are shown. */
  readonly shown: readonly WatchedAccount[];
  /** Everyone read: shown or only a click away. */
  readonly read: readonly WatchedAccount[];
  /** Texts in the link that are no addresses. */
  readonly invalid: readonly string[];
  /** Addresses the link names beyond what is read at once. */
  readonly leftOutCount: number;
}

export type View = UseQueryStatesReturn<typeof viewParsers>;

export interface ViewContextValue {
  readonly view: View;
  readonly accounts: AccountsInView;
}

export const ViewContext = createContext<ViewContextValue | undefined>(undefined);

function useViewContext(): ViewContextValue {
  const value = useContext(ViewContext);
  if (!value) throw new Error('useView and useAccounts need ViewProvider above them.');
  return value;
}

/** The view as its link says it, and how to change it. */
export const useView = (): View => useViewContext().view;

/** Whose positions the link asks for, with the names this device knows them by. */
export const useAccounts = (): AccountsInView => useViewContext().accounts;
