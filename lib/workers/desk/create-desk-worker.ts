import type { DeskWorker } from './desk-client';

/** The browser's worker. Throws where it knows none. */
export const createDeskWorker = (): DeskWorker =>
  new Worker(new URL('./desk.worker.ts', import.meta.url), { type: 'module' });
