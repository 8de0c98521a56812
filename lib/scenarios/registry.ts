import { all20 } from './catalog/all-20';
import { eth20 } from './catalog/eth-20';
import { ethSqueeze } from './catalog/eth-squeeze';
import { june2022 } from './catalog/june-2022';
import { march2020 } from './catalog/march-2020';
import { may2021 } from './catalog/may-2021';
import { november2022 } from './catalog/november-2022';
import { usdcDepeg } from './catalog/usdc-depeg';
import type { Scenario } from './scenario';

/** Every scenario, in the order it is offered. Adding one: a file in `catalog/` and a line here. */
export const scenarios: readonly Scenario[] = [
  eth20,
  all20,
  ethSqueeze,
  march2020,
  may2021,
  june2022,
  november2022,
  usdcDepeg,
];
