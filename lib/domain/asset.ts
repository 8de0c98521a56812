import { computeChecksumDigits } from './checksum';
import { InvalidInputError } from './errors';

declare const assetBrand: unique symbol;

/** A 0x-prefixed 20-byte address in lower case, so that two spellings of one address are equal. */
export type Address = `0x${string}`;
/** A 0x-prefixed 32-byte hash. */
export type Hash = `0x${string}`;

/** CAIP-19 identifier, lower case: `eip155:1/erc20:0xc02a…`. Two tokens of one symbol never meet. */
export type AssetId = string & { readonly [assetBrand]: true };

export interface Asset {
  readonly id: AssetId;
  readonly chainId: number;
  readonly address: Address;
  /** The token's own symbol; the short address where the contract gives none. */
  readonly symbol: string;
  readonly decimals: number;
}

/** `toAssetId(1, '0xC02a…')` is `eip155:1/erc20:0xc02a…`. */
export const toAssetId = (chainId: number, address: string): AssetId =>
  `eip155:${chainId}/erc20:${address.toLowerCase()}` as AssetId;

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

/** All in one case: an address that carries no checksum. */
const isPlain = (digits: string): boolean => digits === digits.toLowerCase() || digits === digits.toUpperCase();

/**
 * Reads an address into lower case. In lower or in upper case alone it is taken as it is; in mixed case it carries a checksum (EIP-55) that
 * must be right, since a wrong one is a typing error: another address, and perhaps nobody's.
 *
 * Errors: `InvalidInputError` ADDRESS, ADDRESS_CHECKSUM.
 */
export function parseAddress(text: string): Address {
  const trimmed = text.trim();
  if (!ADDRESS.test(trimmed)) {
    throw new InvalidInputError(
      'ADDRESS',
      `"${trimmed}" is not an address: 0x and 40 hexadecimal digits are expected.`,
      {
        inputs: { text },
        nextStep: 'Copy the whole address from your wallet or an explorer.',
      },
    );
  }
  const digits = trimmed.slice(2);
  if (!isPlain(digits) && computeChecksumDigits(digits) !== digits) {
    throw new InvalidInputError(
      'ADDRESS_CHECKSUM',
      `"${trimmed}" does not match its own checksum: a digit, or the case of a letter, is wrong.`,
      {
        inputs: { text },
        nextStep: 'Copy the whole address again. Written in lower case only it is taken without this check.',
      },
    );
  }
  return trimmed.toLowerCase() as Address;
}
