import { MINIMUM_NODE_FOR_TESTS, runWithNewEnoughNode } from './lib/node-version.mjs';

runWithNewEnoughNode(() => import('./lib/run-boundaries.mjs'), MINIMUM_NODE_FOR_TESTS);
