import { borrowRate } from './kinds/borrow-rate';
import { collateralRatio } from './kinds/collateral-ratio';
import { concentration } from './kinds/concentration';
import { distance } from './kinds/distance';
import { healthFactor } from './kinds/health-factor';
import { impliedPrice } from './kinds/implied-price';
import { ltv } from './kinds/ltv';
import { netExposure } from './kinds/net-exposure';
import { oracleDeviation } from './kinds/oracle-deviation';
import { oracleStale } from './kinds/oracle-stale';
import { pegDeviation } from './kinds/peg-deviation';
import { priceLevel } from './kinds/price-level';
import { priceMove } from './kinds/price-move';
import { timeToLiquidation } from './kinds/time-to-liquidation';
import { utilisation } from './kinds/utilisation';
import type { TriggerKind } from './trigger-kind';

/** Every kind of condition by its key, in the order it is offered. Adding one: a file in `kinds/` and a line here. */
export const triggerKinds = {
  'health-factor': healthFactor,
  ltv,
  'collateral-ratio': collateralRatio,
  distance,
  'implied-price': impliedPrice,
  'price-level': priceLevel,
  'price-move': priceMove,
  'peg-deviation': pegDeviation,
  'oracle-stale': oracleStale,
  'oracle-deviation': oracleDeviation,
  'borrow-rate': borrowRate,
  utilisation,
  'net-exposure': netExposure,
  concentration,
  'time-to-liquidation': timeToLiquidation,
} as const;

export type TriggerKindId = keyof typeof triggerKinds;

const isTriggerKindId = (id: string): id is TriggerKindId => Object.hasOwn(triggerKinds, id);

/** A kind by its key; `undefined` where there is none. Its params are what its own schema read. */
export const findTriggerKind = (id: string): TriggerKind<unknown> | undefined =>
  // The key and the kind are tied by the registry above; TypeScript cannot follow that through a union.
  isTriggerKindId(id) ? (triggerKinds[id] as unknown as TriggerKind<unknown>) : undefined;
