import { runWithNewEnoughNode } from './lib/node-version.mjs';

runWithNewEnoughNode(() => import('./lib/run-watch.mjs'));
