import { chainlinkFeed } from './chainlink/chainlink-feed';
import { simulatedFeed } from './simulated/simulated-feed';

/** Every price feed, one line each. */
export const feeds = {
  simulated: simulatedFeed,
  chainlink: chainlinkFeed,
} as const;
