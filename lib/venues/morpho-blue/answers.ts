import * as z from 'zod/mini';
import { type Address, parseAddress } from '@/lib/domain/asset';
import { wad } from '@/lib/units/fixed';
import { NO_ADDRESS, parseBy } from '../answers';
import type { ContractAnswer } from '../reader';
import type { MarketParams, MarketTotals } from './state';

const paramsSchema = z.tuple([z.string(), z.string(), z.string(), z.string(), z.bigint()]);
const totalsSchema = z.tuple([z.bigint(), z.bigint(), z.bigint(), z.bigint(), z.bigint(), z.bigint()]);
const positionSchema = z.tuple([z.bigint(), z.bigint(), z.bigint()]);
/** Parameters of a market; `undefined` when the contract knows no such market. */
export function parseParams(answer: ContractAnswer | undefined): MarketParams | undefined {
  const parsed = parseBy(paramsSchema, answer);
  if (!parsed || parsed[0] === NO_ADDRESS) return undefined;
  const [loanToken, collateralToken, oracle, irm, lltv] = parsed;
  return {
    loanToken: parseAddress(loanToken),
    collateralToken: parseAddress(collateralToken),
    oracle: parseAddress(oracle),
    irm: parseAddress(irm),
    lltv,
  };
}

export function parseTotals(answer: ContractAnswer | undefined): MarketTotals | undefined {
  const parsed = parseBy(totalsSchema, answer);
  if (!parsed) return undefined;
  const [totalSupplyAssets, totalSupplyShares, totalBorrowAssets, totalBorrowShares, lastUpdate, fee] = parsed;
  return {
    totalSupplyAssets,
    totalSupplyShares,
    totalBorrowAssets,
    totalBorrowShares,
    lastUpdateSeconds: Number(lastUpdate),
    fee: wad(fee),
  };
}

export interface UserAnswer {
  readonly supplyShares: bigint;
  readonly borrowShares: bigint;
  readonly collateral: bigint;
}

export function parseUser(answer: ContractAnswer | undefined): UserAnswer | undefined {
  const parsed = parseBy(positionSchema, answer);
  if (!parsed) return undefined;
  const [supplyShares, borrowShares, collateral] = parsed;
  return { supplyShares, borrowShares, collateral };
}

/** An address; the zero address is none. `undefined` when the call failed. */
export function parseOptionalAddress(answer: ContractAnswer | undefined): Address | 'none' | undefined {
  const text = parseBy(z.string(), answer);
  if (text === undefined) return undefined;
  return text === NO_ADDRESS ? 'none' : parseAddress(text);
}
