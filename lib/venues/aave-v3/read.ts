import type { VenueReader } from '../reader';
import { decode } from './decode';
import type { AaveMarket } from './market-config';
import { planReads } from './plan';
import { readMarket } from './read-market';
import type { AavePosition } from './state';

/** Aave v3's reader: every owner's account in the configured pool, interest accrued to the block's time. */
export const aaveV3Reader: VenueReader<'aave-v3', AaveMarket, AavePosition> = {
  id: 'aave-v3',
  readMarket,
  planReads,
  decode,
};
