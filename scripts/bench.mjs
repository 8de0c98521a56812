import { MINIMUM_NODE_FOR_TESTS, runWithNewEnoughNode } from './lib/node-version.mjs';

runWithNewEnoughNode(() => import('./lib/run-bench.mjs'), MINIMUM_NODE_FOR_TESTS);
