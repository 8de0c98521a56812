import { keccak_256 } from '@noble/hashes/sha3';
import { bytesToHex } from '@noble/hashes/utils';

const HIGH_DIGIT = 8;
const HEX = 16;

/**
 * The 40 digits of an address as EIP-55 writes them: a letter is a capital where the same digit of the hash of the digits in lower case is
 * 8 or more. `computeChecksumDigits('c02aaa39b223fe8d0a0e5c4f27ead9083c756cc2')` is `C02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2`.
 */
export function computeChecksumDigits(digits: string): string {
  const lower = digits.toLowerCase();
  const hash = bytesToHex(keccak_256(lower));
  return [...lower]
    .map((digit, i) => (Number.parseInt(hash[i] ?? '0', HEX) >= HIGH_DIGIT ? digit.toUpperCase() : digit))
    .join('');
}
