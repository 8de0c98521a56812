'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '@/components/ui/button';
import type { Address } from '@/lib/domain/asset';
import type { ChainConfig } from '@/lib/domain/chain';
import { formatAddress } from '@/lib/format/format-address';
import { accountStore } from '@/lib/stores/account-store';

const WalletIsland = dynamic(() => import('./wallet-island'), { ssr: false });

/** Written when a wallet was connected, so that a reload asks it again without a prompt. */
const CONNECTED_KEY = 'ballast-wallet-connected';

/** Storage may be refused; then a reload forgets the wallet, which harms nothing. */
function withStorage<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(localStorage);
  } catch {
    return undefined;
  }
}

/**
 * Connects a wallet, or says which one is connected. The code that talks to wallets is loaded when it is pressed, and after a reload only
 * where a wallet had been connected before.
 */
export function WalletButton({
  chain,
  onConnected,
}: {
  readonly chain: Pick<ChainConfig, 'chainId' | 'name'>;
  /** Somebody has just connected a wallet by hand. */
  readonly onConnected?: (address: Address) => void;
}) {
  const wallet = useStore(accountStore, (state) => state.wallet);
  const [state, setState] = useState<'unloaded' | 'closed' | 'open'>('unloaded');
  const [reconnect, setReconnect] = useState(false);

  useEffect(() => {
    if (withStorage((storage) => storage.getItem(CONNECTED_KEY)) === 'yes') {
      setReconnect(true);
      setState((now) => (now === 'unloaded' ? 'closed' : now));
    }
    return accountStore.subscribe(({ wallet: now }, { wallet: before }) => {
      if (now) withStorage((storage) => storage.setItem(CONNECTED_KEY, 'yes'));
      else if (before) withStorage((storage) => storage.removeItem(CONNECTED_KEY));
    });
  }, []);

  const elsewhere = wallet !== undefined && wallet.chainId !== chain.chainId;
  return (
    <>
      <Button
        kind={wallet ? 'outline' : 'accent'}
        onClick={() => setState('open')}
        aria-haspopup="dialog"
        title={
          wallet
            ? `${wallet.walletName}: ${wallet.address}${elsewhere ? `, on chain ${wallet.chainId}` : ''}`
            : 'See the positions of a wallet in this browser'
        }
      >
        {wallet ? (
          <>
            <span className="mono">{formatAddress(wallet.address)}</span>
            {elsewhere && <span className="text-[11px] text-warning">other chain</span>}
          </>
        ) : (
          // One piece: as pieces of their own they would have a gap and a space between them.
          <span>
            Connect<span className="max-md:sr-only"> wallet</span>
          </span>
        )}
      </Button>
      {state !== 'unloaded' && (
        <WalletIsland
          {...{ chain, reconnect, onConnected }}
          open={state === 'open'}
          onClose={() => setState('closed')}
        />
      )}
    </>
  );
}
