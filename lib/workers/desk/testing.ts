import { createLineTo } from '../testing';
import type { DeskWorker } from './desk-client';
import { serveDesk } from './serve-desk';

/** For tests: a desk at the other end of a line without a worker. */
export const createLine = (): DeskWorker => createLineTo(serveDesk);
