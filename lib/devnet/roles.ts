import type { Address } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';

/** The phrase every local Ethereum node uses: publicly known, worthless on purpose. */
const MNEMONIC = 'test test test test test test test test test test test junk';

const addressAt = (index: number): Address =>
  mnemonicToAccount(MNEMONIC, { addressIndex: index }).address.toLowerCase() as Address;

/** Who acts as whom. Demo accounts take the first indices after the deployer, so that their keys are the ones people already have at hand. */
export const roles = {
  deployer: addressAt(0),
  /** Supplies what others borrow. */
  liquidity: addressAt(40),
  keeper: addressAt(41),
  liquidator: addressAt(42),
  /** Receives the protocol's fees. */
  treasury: addressAt(43),
} as const;

/** The `n`-th demo account's address, from 0. */
export const demoAddress = (n: number): Address => addressAt(1 + n);

/** Accounts that only tests use. */
export const testAddresses: readonly Address[] = Array.from({ length: 16 }, (_, n) => addressAt(48 + n));
