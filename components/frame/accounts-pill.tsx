'use client';

import { useStore } from 'zustand';
import { Icon } from '@/components/ui/icon';
import { Menu, type MenuItem } from '@/components/ui/menu';
import { formatAddress } from '@/lib/format/format-address';
import { accountStore } from '@/lib/stores/account-store';
import { watchStore } from '@/lib/stores/watch-store';
import { useLiveContext } from './live-context';
import { useShowAccounts } from './use-show-accounts';
import { useAccounts, useView } from './use-view';

/** Whose positions are shown, and the way to others. */
export function AccountsPill({ onWatch }: { readonly onWatch: () => void }) {
  const { demoAccounts } = useLiveContext();
  const { scope, shown } = useAccounts();
  const [{ watch }] = useView();
  const entries = useStore(watchStore, (state) => state.entries);
  const wallet = useStore(accountStore, (state) => state.wallet);
  const showAccounts = useShowAccounts();

  const only = shown.length === 1 ? shown[0] : undefined;
  const name =
    scope === 'demo'
      ? `Demo accounts · ${demoAccounts.length}`
      : scope === 'all'
        ? `All accounts · ${shown.length}`
        : only
          ? only.label
          : `Watched · ${shown.length}`;
  const watched = entries.map(({ address }) => address);

  const items: MenuItem[] = [
    ...(demoAccounts.length > 0
      ? [
          {
            key: 'demo',
            label: `Demo accounts · ${demoAccounts.length}`,
            detail: 'Opened on the local chain, named by their situation',
            checked: scope === 'demo',
            onSelect: () => showAccounts('demo'),
          },
        ]
      : []),
    ...(watched.length > 0
      ? [
          {
            key: 'watched',
            label: `Watched · ${watched.length}`,
            detail: 'Every address on your list',
            checked: scope === 'watched' && watched.every((address) => watch.includes(address)),
            onSelect: () => showAccounts('watched', watched),
          },
        ]
      : []),
    ...(wallet
      ? [
          {
            key: 'wallet',
            label: `Wallet · ${formatAddress(wallet.address)}`,
            detail: wallet.walletName,
            checked: scope === 'watched' && only?.address === wallet.address,
            onSelect: () => showAccounts('watched', [wallet.address]),
          },
        ]
      : []),
    ...(demoAccounts.length > 0 && (watch.length > 0 || watched.length > 0)
      ? [
          {
            key: 'all',
            label: 'All of them',
            checked: scope === 'all',
            onSelect: () => showAccounts('all', watched.length > 0 ? watched : undefined),
          },
        ]
      : []),
    { key: 'watch', label: 'Watch an address…', onSelect: () => setTimeout(onWatch) },
  ];

  return (
    <Menu
      label={`Whose positions: ${name}`}
      items={items}
      trigger={
        <>
          <span className="max-w-40 truncate max-sm:max-w-20">{name}</span>
          <Icon name="down" size={12} />
        </>
      }
    />
  );
}
