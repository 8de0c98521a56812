// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accountStore } from '@/lib/stores/account-store';
import { describeWalletError } from './describe-wallet-error';
import WalletIsland from './wallet-island';

const FIRST = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const SECOND = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC';
const CHAIN = { chainId: 31_337, name: 'Local chain' };

type Listener = (value: unknown) => void;

/** A wallet as a page sees it: EIP-1193 requests and events, announced by EIP-6963. */
function makeWallet({ chainId = '0x7a69', refuse = false, allowed = false } = {}) {
  const listeners = new Map<string, Set<Listener>>();
  const asked: string[] = [];
  let accounts = [FIRST];
  let permitted = allowed;
  const provider = {
    async request({ method }: { method: string }) {
      asked.push(method);
      if (method === 'eth_chainId') return chainId;
      if (method === 'eth_accounts') return permitted ? accounts : [];
      if (method === 'wallet_requestPermissions') {
        if (refuse) throw Object.assign(new Error('User rejected the request.'), { code: 4001 });
        permitted = true;
        return [{ caveats: [{ value: accounts }] }];
      }
      return null;
    },
    on: (event: string, listener: Listener) => {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listener));
    },
    removeListener: (event: string, listener: Listener) => {
      listeners.get(event)?.delete(listener);
    },
  };
  const announce = () =>
    window.dispatchEvent(
      new CustomEvent('eip6963:announceProvider', {
        detail: Object.freeze({
          info: { uuid: '350670db-19fa-4704-a166-e52e178b59d2', name: 'Test wallet', icon: 'data:,', rdns: 'org.test' },
          provider,
        }),
      }),
    );
  window.addEventListener('eip6963:requestProvider', announce);
  return {
    asked,
    choose(next: string[]) {
      accounts = next;
      for (const listener of listeners.get('accountsChanged') ?? []) listener(next);
    },
    moveTo(next: string) {
      for (const listener of listeners.get('chainChanged') ?? []) listener(next);
    },
    leave: () => window.removeEventListener('eip6963:requestProvider', announce),
  };
}

const walletInStore = () => accountStore.getState().wallet;
let leave: (() => void) | undefined;

beforeEach(() => {
  localStorage.clear();
  accountStore.getState().setWallet(undefined);
});

afterEach(() => {
  cleanup();
  leave?.();
  leave = undefined;
});

describe('wallet', () => {
  test('without any wallet it says so, and what to do instead', async () => {
    render(<WalletIsland chain={CHAIN} open reconnect={false} onClose={() => {}} />);
    expect(await screen.findByText('No wallet found in this browser')).toBeDefined();
  });

  test('lists what was announced, connects, follows the account, disconnects', async () => {
    const wallet = makeWallet();
    leave = wallet.leave;
    let closed = 0;
    const onClose = () => {
      closed += 1;
    };
    const view = render(<WalletIsland chain={CHAIN} open reconnect={false} onClose={onClose} />);
    fireEvent.click(await screen.findByRole('button', { name: /Test wallet/ }));
    await waitFor(() =>
      expect(walletInStore()).toEqual({ address: FIRST.toLowerCase(), chainId: 31_337, walletName: 'Test wallet' }),
    );
    await waitFor(() => expect(closed).toBe(1));
    expect(wallet.asked.some((method) => /sign|send/i.test(method))).toBe(false);

    await act(async () => wallet.choose([SECOND, FIRST]));
    await waitFor(() => expect(walletInStore()?.address).toBe(SECOND.toLowerCase()));

    view.rerender(<WalletIsland chain={CHAIN} open reconnect={false} onClose={onClose} />);
    fireEvent.click(await screen.findByRole('button', { name: 'Disconnect' }));
    await waitFor(() => expect(walletInStore()).toBeUndefined());
  });

  test('a wallet on another chain is said, and its address is read all the same', async () => {
    const wallet = makeWallet({ chainId: '0x1' });
    leave = wallet.leave;
    render(<WalletIsland chain={CHAIN} open reconnect={false} onClose={() => {}} />);
    fireEvent.click(await screen.findByRole('button', { name: /Test wallet/ }));
    expect(await screen.findByText('Your wallet is on another chain')).toBeDefined();
    expect(walletInStore()).toMatchObject({ address: FIRST.toLowerCase(), chainId: 1 });
    await act(async () => wallet.moveTo('0x7a69'));
    await waitFor(() => expect(walletInStore()?.chainId).toBe(31_337));
    expect(screen.queryByText('Your wallet is on another chain')).toBeNull();
    expect(wallet.asked).not.toContain('wallet_switchEthereumChain');
  });

  test('a refusal in the wallet is told and connects nothing', async () => {
    const wallet = makeWallet({ refuse: true });
    leave = wallet.leave;
    render(<WalletIsland chain={CHAIN} open reconnect={false} onClose={() => {}} />);
    fireEvent.click(await screen.findByRole('button', { name: /Test wallet/ }));
    expect((await screen.findByRole('alert')).textContent).toMatch(/declined/);
    expect(walletInStore()).toBeUndefined();
  });

  test('after a reload a wallet that still allows it is there again, unasked', async () => {
    const wallet = makeWallet({ allowed: true });
    leave = wallet.leave;
    render(<WalletIsland chain={CHAIN} open={false} reconnect onClose={() => {}} />);
    await waitFor(() => expect(walletInStore()?.address).toBe(FIRST.toLowerCase()));
    expect(wallet.asked).not.toContain('wallet_requestPermissions');
  });

  test('errors are told apart by their code, wherever it is nested', () => {
    const nested = new Error('outer', { cause: Object.assign(new Error('inner'), { code: -32_002 }) });
    expect(describeWalletError(nested)).toMatch(/already asking/);
    expect(describeWalletError(new Error('odd\nstack'))).toBe('The wallet did not connect: odd');
  });
});
