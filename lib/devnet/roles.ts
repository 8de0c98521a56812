import { type Address, hexToBytes } from 'viem';
import { HDKey, hdKeyToAccount } from 'viem/accounts';

/**
 * Seed of the phrase every local Ethereum node uses, "test test … junk" (PBKDF2 as in BIP-39, kept because it takes 50 ms each time):
 * publicly known, worthless on purpose.
 */
const SEED =
  '0x9dfc3c64c2f8bede1533b6a79f8570e5943e0b8fd1cf77107adf7b72cef42185' +
  'd564a3aee24cab43f80e3c4538087d70fc824eabbad596a23c97b6ee8322ccc0';

const MASTER = HDKey.fromMasterSeed(hexToBytes(SEED as `0x${string}`));
const known = new Map<number, Address>();

function addressAt(index: number): Address {
  const address =
    known.get(index) ?? (hdKeyToAccount(MASTER, { addressIndex: index }).address.toLowerCase() as Address);
  known.set(index, address);
  return address;
}

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
