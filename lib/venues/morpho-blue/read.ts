import type { VenueReader } from '../reader';
import { decode } from './decode';
import type { MorphoMarkets } from './market-config';
import { planRound } from './plan';
import { readMarket } from './read-market';
import type { MorphoPosition } from './state';

/** Morpho Blue's reader: the configured markets, every owner's position in each, interest accrued by the contract to the block's time. */
export const morphoBlueReader: VenueReader<'morpho-blue', MorphoMarkets, MorphoPosition> = {
  id: 'morpho-blue',
  readMarket,
  planReads: (market, owners) => planRound(market, owners).map(({ read }) => read),
  decode,
};
