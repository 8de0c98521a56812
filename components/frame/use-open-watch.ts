'use client';

import { createContext, useContext } from 'react';

/** Opens the dialog that takes an address to watch. */
export const OpenWatchContext = createContext<() => void>(() => {});

export const useOpenWatch = (): (() => void) => useContext(OpenWatchContext);
