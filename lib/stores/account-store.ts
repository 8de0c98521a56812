import { createStore } from 'zustand/vanilla';
import type { Address } from '@/lib/domain/asset';

/** What the wallet island says of the connected wallet; read-only everywhere else. */
export interface ConnectedWallet {
  readonly address: Address;
  /** Chain the wallet itself is on, which may be another than the one read. */
  readonly chainId: number;
  /** The wallet's own name: "MetaMask". */
  readonly walletName: string;
}

export interface AccountState {
  readonly wallet: ConnectedWallet | undefined;
  setWallet(wallet: ConnectedWallet | undefined): void;
}

/** The one place that knows which wallet is connected. The wallet island writes it, everything else reads it. */
export const accountStore = createStore<AccountState>()((set) => ({
  wallet: undefined,
  setWallet: (wallet) => set({ wallet }),
}));
