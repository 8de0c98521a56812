'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Connector, useConnect, useConnection, useConnectors, useDisconnect, WagmiProvider } from 'wagmi';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import type { Address } from '@/lib/domain/asset';
import type { ChainConfig } from '@/lib/domain/chain';
import { formatAddress } from '@/lib/format/format-address';
import { accountStore } from '@/lib/stores/account-store';
import { describeWalletError } from './describe-wallet-error';
import { createWalletConfig } from './wallet-config';

type Chain = Pick<ChainConfig, 'chainId' | 'name'>;

/** Keeps the store at what the wallet says: connected, another account, another chain, gone. */
function useWalletInStore(): void {
  const { address, chainId, connector, status } = useConnection();
  const walletName = connector?.name ?? 'Wallet';
  useEffect(() => {
    if (status === 'reconnecting' || status === 'connecting') return;
    accountStore
      .getState()
      .setWallet(
        address && chainId !== undefined
          ? { address: address.toLowerCase() as Address, chainId, walletName }
          : undefined,
      );
  }, [address, chainId, status, walletName]);
}

function WalletList({ onConnected }: { readonly onConnected: (address: Address) => void }) {
  const connectors = useConnectors();
  // Given to the hook, not to the call: the list is gone by the time the wallet has connected.
  const { mutate, isPending, variables, error } = useConnect({
    mutation: {
      onSuccess: ({ accounts: [first] }) =>
        onConnected((typeof first === 'string' ? first : first.address).toLowerCase() as Address),
    },
  });
  const chosen = variables?.connector as Connector | undefined;
  if (connectors.length === 0) {
    return (
      <EmptyState title="No wallet found in this browser">
        Wallets show up here when their extension is installed and announces itself (EIP-6963). You can watch any
        address without a wallet: Ballast only reads.
      </EmptyState>
    );
  }
  return (
    <>
      <p className="text-[13px] text-muted">
        Ballast only reads: it learns your address and shows its positions. It never asks for a signature.
      </p>
      <ul className="mt-3 flex flex-col gap-1.5">
        {connectors.map((connector) => (
          <li key={connector.uid}>
            <Button className="h-10 w-full justify-start" disabled={isPending} onClick={() => mutate({ connector })}>
              {connector.icon?.startsWith('data:image/') && (
                // biome-ignore lint/performance/noImgElement: a wallet's icon is a data URL; there is nothing to optimise.
                <img src={connector.icon} alt="" width={20} height={20} />
              )}
              {connector.name}
              {isPending && chosen?.uid === connector.uid && (
                <span className="ml-auto text-faint">waiting for the wallet…</span>
              )}
            </Button>
          </li>
        ))}
      </ul>
      {error && (
        <div className="mt-3" role="alert">
          <Notice title="Not connected">{describeWalletError(error)}</Notice>
        </div>
      )}
    </>
  );
}

function ConnectedWallet({ chain, onClose }: { readonly chain: Chain; readonly onClose: () => void }) {
  const { address, addresses, chainId, connector } = useConnection();
  const { mutate } = useDisconnect();
  return (
    <>
      <p className="mono break-all">{address}</p>
      <p className="mt-1 text-[13px] text-muted">
        {connector?.name}
        {addresses && addresses.length > 1 && ` · ${addresses.length} accounts; choose another in the wallet`}
      </p>
      {chainId !== chain.chainId && (
        <div className="mt-3">
          <Notice tone="accent" title="Your wallet is on another chain">
            It is on chain {chainId}, Ballast reads {chain.name} (chain {chain.chainId}). Only your address is used, so
            what you see here stays true for {chain.name}.
          </Notice>
        </div>
      )}
      <div className="mt-4 flex justify-end gap-2">
        <Button
          onClick={() => {
            mutate();
            onClose();
          }}
        >
          Disconnect
        </Button>
        <Button kind="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </>
  );
}

function WalletDialog({ chain, onClose, onConnected }: Omit<WalletIslandProps, 'open' | 'reconnect'>) {
  const { isConnected, address } = useConnection();
  const finish = (connected: Address) => {
    onClose();
    onConnected?.(connected);
  };
  return (
    <Dialog title={isConnected && address ? `Wallet ${formatAddress(address)}` : 'Connect a wallet'} onClose={onClose}>
      <div className="p-4">
        {isConnected ? <ConnectedWallet chain={chain} onClose={onClose} /> : <WalletList onConnected={finish} />}
      </div>
    </Dialog>
  );
}

function Island({ open, ...dialog }: Omit<WalletIslandProps, 'reconnect'>) {
  useWalletInStore();
  return open ? <WalletDialog {...dialog} /> : null;
}

export interface WalletIslandProps {
  readonly chain: Chain;
  readonly open: boolean;
  /** A wallet was connected before a reload: ask it again, without a prompt. */
  readonly reconnect: boolean;
  readonly onClose: () => void;
  /** Somebody has just connected a wallet by hand; not called when one comes back after a reload. */
  readonly onConnected?: ((address: Address) => void) | undefined;
}

/**
 * The one place where wagmi lives: lists the wallets that announced themselves, connects one and keeps `accountStore` at what it says.
 * Stays mounted, without a dialog, to follow account and chain changes.
 */
export default function WalletIsland({ reconnect, ...props }: WalletIslandProps) {
  const [config] = useState(() => createWalletConfig(props.chain));
  const [queryClient] = useState(() => new QueryClient());
  return (
    <WagmiProvider config={config} reconnectOnMount={reconnect}>
      <QueryClientProvider client={queryClient}>
        <Island {...props} />
      </QueryClientProvider>
    </WagmiProvider>
  );
}
