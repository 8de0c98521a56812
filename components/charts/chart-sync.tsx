'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';

/** Where the crosshair stands, and in which chart it was put there. */
export interface Crosshair {
  readonly chart: string;
  readonly xKey: string;
  readonly x: number;
  readonly y: number | null;
}

interface ChartSyncValue {
  readonly crosshair: Crosshair | undefined;
  setCrosshair(crosshair: Crosshair | undefined): void;
}

const ChartSyncContext = createContext<ChartSyncValue>({ crosshair: undefined, setCrosshair: () => {} });

/** Ties the crosshairs of the charts inside: at the same x where they share it, else at the same height. */
export function ChartSync({ children }: { readonly children: ReactNode }) {
  const [crosshair, setCrosshair] = useState<Crosshair>();
  const value = useMemo(() => ({ crosshair, setCrosshair }), [crosshair]);
  return <ChartSyncContext value={value}>{children}</ChartSyncContext>;
}

export const useChartSync = (): ChartSyncValue => useContext(ChartSyncContext);
