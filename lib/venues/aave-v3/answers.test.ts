import { describe, expect, test } from 'vitest';
import { parseRound } from '../answers';
import {
  parseAddresses,
  parseBytesText,
  parseEModes,
  parseOptionalAddress,
  parseReserveData,
  parseUser,
} from './answers';
import { parseReserveConfiguration } from './configuration';

const ok = (value: unknown) => ({ ok: true as const, value });
const failed = { ok: false as const, error: 'reverted' };
const TOKEN = '0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2';

test('a symbol of 32 bytes is read as text', () => {
  // What the Maker token answers.
  expect(parseBytesText(ok(`0x4d4b52${'00'.repeat(29)}`))).toBe('MKR');
  expect(parseBytesText(ok(`0x${'00'.repeat(32)}`))).toBeUndefined();
  expect(parseBytesText(ok('MKR'))).toBeUndefined();
  expect(parseBytesText(failed)).toBeUndefined();
});

test('a configuration word is taken apart at the contract’s bits', () => {
  // LTV 80.5 %, threshold 83 %, bonus 5 %, 18 decimals, active, borrowing, reserve factor 15 %, caps 3.6 and 3.8 million, fee 10 %.
  const word =
    8_050n |
    (8_300n << 16n) |
    (10_500n << 32n) |
    (18n << 48n) |
    (1n << 56n) |
    (1n << 58n) |
    (1_500n << 64n) |
    (3_600_000n << 80n) |
    (3_800_000n << 116n) |
    (1_000n << 152n) |
    (300_000_000n << 212n);
  expect(parseReserveConfiguration(word)).toEqual({
    ltv: 8_050n,
    liquidationThreshold: 8_300n,
    liquidationBonus: 10_500n,
    decimals: 18,
    active: true,
    frozen: false,
    paused: false,
    borrowingEnabled: true,
    borrowableInIsolation: false,
    siloedBorrowing: false,
    reserveFactor: 1_500n,
    supplyCap: 3_800_000n,
    borrowCap: 3_600_000n,
    liquidationProtocolFee: 1_000n,
    debtCeiling: 300_000_000n,
  });
  expect(parseReserveConfiguration((1n << 57n) | (1n << 60n) | (1n << 61n) | (1n << 62n))).toMatchObject({
    frozen: true,
    paused: true,
    borrowableInIsolation: true,
    siloedBorrowing: true,
    supplyCap: undefined,
    borrowCap: undefined,
  });
});

describe('answers of another shape are no answers', () => {
  const row = {
    underlyingAsset: TOKEN,
    scaledATokenBalance: 5n,
    usageAsCollateralEnabledOnUser: true,
    scaledVariableDebt: 0n,
  };

  test('a user', () => {
    expect(parseUser(ok([[row, { ...row, scaledATokenBalance: 0n }], 2]))).toEqual({
      eModeId: 2,
      reserves: [{ token: TOKEN.toLowerCase(), scaledSupply: 5n, scaledDebt: 0n, usedAsCollateral: true }],
    });
    expect(parseUser(ok([[{ ...row, scaledVariableDebt: 0 }], 2]))).toBeUndefined();
    expect(parseUser(ok([[null], 2]))).toBeUndefined();
    expect(parseUser(ok([[row], '2']))).toBeUndefined();
    expect(parseUser(ok({}))).toBeUndefined();
    expect(parseUser(failed)).toBeUndefined();
  });

  test('a round, a list, a mode, a reserve, an address', () => {
    expect(parseRound(ok([1n, 2n, 3n]))).toBeUndefined();
    expect(parseRound(ok([7n, -2n, 3n, 4n, 7n]))).toEqual({ roundId: 7n, answer: -2n, updatedAtSeconds: 4 });
    expect(parseAddresses(ok([TOKEN]))).toEqual([TOKEN.toLowerCase()]);
    expect(parseAddresses(ok([1]))).toBeUndefined();
    expect(parseEModes(ok([{ id: 1 }]))).toBeUndefined();
    expect(parseReserveData(ok({}))).toBeUndefined();
    expect(parseOptionalAddress(ok(`0x${'0'.repeat(40)}`))).toBeUndefined();
    expect(parseOptionalAddress(failed)).toBeUndefined();
  });
});
