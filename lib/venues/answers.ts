import * as z from 'zod/mini';
import type { ContractAnswer } from './reader';

const roundSchema = z.tuple([z.bigint(), z.bigint(), z.bigint(), z.bigint(), z.bigint()]);

export const NO_ADDRESS = `0x${'0'.repeat(40)}`;

/** The answer by a schema; `undefined` when the call failed or says something else. */
export function parseBy<T extends z.ZodMiniType>(
  schema: T,
  answer: ContractAnswer | undefined,
): z.output<T> | undefined {
  if (!answer?.ok) return undefined;
  const parsed = schema.safeParse(answer.value);
  return parsed.success ? parsed.data : undefined;
}

export const parseBigint = (answer: ContractAnswer | undefined): bigint | undefined => parseBy(z.bigint(), answer);

/** Small integers come as numbers (uint8 … uint48). */
export const parseCount = (answer: ContractAnswer | undefined): number | undefined => parseBy(z.number(), answer);

/** Text, without what surrounds it; `undefined` when there is none. */
export const parseText = (answer: ContractAnswer | undefined): string | undefined =>
  parseBy(z.string(), answer)?.trim() || undefined;

/** What a Chainlink feed says: its own decimals, chain time. */
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
