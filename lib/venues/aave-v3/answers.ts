import * as z from 'zod/mini';
import { type Address, parseAddress } from '@/lib/domain/asset';
import { bps } from '@/lib/units/fixed';
import { NO_ADDRESS, parseBy } from '../answers';
import type { ContractAnswer } from '../reader';
import type { EModeCategory } from './state';

const reserveDataSchema = z.object({
  configuration: z.object({ data: z.bigint() }),
  liquidityIndex: z.bigint(),
  currentLiquidityRate: z.bigint(),
  variableBorrowIndex: z.bigint(),
  currentVariableBorrowRate: z.bigint(),
  lastUpdateTimestamp: z.number(),
  id: z.number(),
  aTokenAddress: z.string(),
  variableDebtTokenAddress: z.string(),
  accruedToTreasury: z.bigint(),
  isolationModeTotalDebt: z.bigint(),
});

const eModesSchema = z.array(
  z.object({
    id: z.number(),
    eMode: z.object({
      ltv: z.number(),
      liquidationThreshold: z.number(),
      liquidationBonus: z.number(),
      collateralBitmap: z.bigint(),
      label: z.string(),
      borrowableBitmap: z.bigint(),
      ltvzeroBitmap: z.bigint(),
    }),
  }),
);

const wordSchema = z.object({ data: z.bigint() });

export type ReserveData = z.output<typeof reserveDataSchema>;

/** A reserve as the pool has it; `undefined` also for an asset the pool does not list, which it answers with nothing but zeros. */
export function parseReserveData(answer: ContractAnswer | undefined): ReserveData | undefined {
  const parsed = parseBy(reserveDataSchema, answer);
  return parsed && parsed.aTokenAddress !== NO_ADDRESS ? parsed : undefined;
}

/** All efficiency modes by id; `undefined` when the call failed. */
export function parseEModes(answer: ContractAnswer | undefined): ReadonlyMap<number, EModeCategory> | undefined {
  const parsed = parseBy(eModesSchema, answer);
  return (
    parsed &&
    new Map(
      parsed.map(({ id, eMode }) => [
        id,
        {
          ...eMode,
          id,
          ltv: bps(BigInt(eMode.ltv)),
          liquidationThreshold: bps(BigInt(eMode.liquidationThreshold)),
          liquidationBonus: bps(BigInt(eMode.liquidationBonus)),
        },
      ]),
    )
  );
}

/** A `{ data }` word: a configuration map. */
export const parseWord = (answer: ContractAnswer | undefined): bigint | undefined => parseBy(wordSchema, answer)?.data;

const HEX = /^0x(?:[0-9a-f]{2})*$/i;

/** Text in 32 bytes, zeros at the end. */
export function parseBytesText(answer: ContractAnswer | undefined): string | undefined {
  const text = parseBy(z.string(), answer);
  if (text === undefined || !HEX.test(text)) return undefined;
  const bytes = (text.slice(2).match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  return new TextDecoder().decode(Uint8Array.from(bytes)).replace(/\0+$/, '').trim() || undefined;
}

/** An address; `undefined` when the call failed or the address is zero. */
export function parseOptionalAddress(answer: ContractAnswer | undefined): Address | undefined {
  const text = parseBy(z.string(), answer);
  return text === undefined || text === NO_ADDRESS ? undefined : parseAddress(text);
}

/** Addresses in lower case; `undefined` when the call failed. */
export const parseAddresses = (answer: ContractAnswer | undefined): readonly Address[] | undefined =>
  parseBy(z.array(z.string()), answer)?.map(parseAddress);

/** What one user has in one reserve, as a reading tells it. */
interface UserReserve {
  readonly token: Address;
  readonly scaledSupply: bigint;
  readonly scaledDebt: bigint;
  readonly usedAsCollateral: boolean;
}

export interface UserAnswer {
  readonly eModeId: number;
  /** Only reserves with a supply or a debt. */
  readonly reserves: readonly UserReserve[];
}

const isUserReserve = (
  value: unknown,
): value is {
  underlyingAsset: string;
  scaledATokenBalance: bigint;
  usageAsCollateralEnabledOnUser: boolean;
  scaledVariableDebt: bigint;
} => {
  const item = value as Record<string, unknown> | null;
  return (
    typeof item === 'object' &&
    item !== null &&
    typeof item.underlyingAsset === 'string' &&
    typeof item.scaledATokenBalance === 'bigint' &&
    typeof item.usageAsCollateralEnabledOnUser === 'boolean' &&
    typeof item.scaledVariableDebt === 'bigint'
  );
};

/** `getUserReservesData`, checked by hand: there is one per owner and reserve, and a schema costs more than all the rest of the reading. */
export function parseUser(answer: ContractAnswer | undefined): UserAnswer | undefined {
  if (!answer?.ok || !Array.isArray(answer.value)) return undefined;
  const [list, eModeId] = answer.value as readonly unknown[];
  if (!Array.isArray(list) || typeof eModeId !== 'number') return undefined;
  const reserves: UserReserve[] = [];
  for (const item of list as readonly unknown[]) {
    if (!isUserReserve(item)) return undefined;
    const { underlyingAsset, scaledATokenBalance, scaledVariableDebt, usageAsCollateralEnabledOnUser } = item;
    if (scaledATokenBalance === 0n && scaledVariableDebt === 0n) continue;
    reserves.push({
      token: underlyingAsset.toLowerCase() as Address,
      scaledSupply: scaledATokenBalance,
      scaledDebt: scaledVariableDebt,
      usedAsCollateral: usageAsCollateralEnabledOnUser,
    });
  }
  return { eModeId, reserves };
}
