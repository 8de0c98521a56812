import * as z from 'zod/mini';
import { type Address, parseAddress } from '@/lib/domain/asset';
import { wad } from '@/lib/units/fixed';
import type { ContractAnswer } from '../reader';
import type { MarketParams, MarketTotals } from './state';

const paramsSchema = z.tuple([z.string(), z.string(), z.string(), z.string(), z.bigint()]);
const totalsSchema = z.tuple([z.bigint(), z.bigint(), z.bigint(), z.bigint(), z.bigint(), z.bigint()]);
const positionSchema = z.tuple([z.bigint(), z.bigint(), z.bigint()]);
const roundSchema = z.tuple([z.bigint(), z.bigint(), z.bigint(), z.bigint(), z.bigint()]);

const NO_ADDRESS = `0x${'0'.repeat(40)}`;

/** The answer by a schema; `undefined` when the call failed or says something else. */
function parseBy<T extends z.ZodMiniType>(schema: T, answer: ContractAnswer | undefined): z.output<T> | undefined {
  if (!answer?.ok) return undefined;
  const parsed = schema.safeParse(answer.value);
  return parsed.success ? parsed.data : undefined;
}

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

export interface RoundAnswer {
  readonly roundId: bigint;
  readonly answer: bigint;
  readonly updatedAtSeconds: number;
}

export function parseRound(answer: ContractAnswer | undefined): RoundAnswer | undefined {
  const parsed = parseBy(roundSchema, answer);
  if (!parsed) return undefined;
  const [roundId, value, , updatedAt] = parsed;
  return { roundId, answer: value, updatedAtSeconds: Number(updatedAt) };
}

export const parseBigint = (answer: ContractAnswer | undefined): bigint | undefined => parseBy(z.bigint(), answer);

export const parseText = (answer: ContractAnswer | undefined): string | undefined => {
  const text = parseBy(z.string(), answer)?.trim();
  return text === '' ? undefined : text;
};

/** Small integers come as numbers (uint8 … uint48). */
export const parseCount = (answer: ContractAnswer | undefined): number | undefined => parseBy(z.number(), answer);

/** An address; the zero address is none. `undefined` when the call failed. */
export function parseOptionalAddress(answer: ContractAnswer | undefined): Address | 'none' | undefined {
  const text = parseBy(z.string(), answer);
  if (text === undefined) return undefined;
  return text === NO_ADDRESS ? 'none' : parseAddress(text);
}
