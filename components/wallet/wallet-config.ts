import { defineChain } from 'viem';
import { createConfig, http } from 'wagmi';
import type { ChainConfig } from '@/lib/domain/chain';

/**
 * wagmi's configuration: wallets are those that announce themselves (EIP-6963), and the chain is the one Ballast reads, through the app's
 * own origin. Nothing is ever signed or sent.
 */
export function createWalletConfig({ chainId, name }: Pick<ChainConfig, 'chainId' | 'name'>) {
  const chain = defineChain({
    id: chainId,
    name,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [new URL('/api/rpc', globalThis.location.origin).href] } },
  });
  return createConfig({
    chains: [chain],
    connectors: [],
    transports: { [chainId]: http() },
    multiInjectedProviderDiscovery: true,
    // The wallet stays on whatever chain it is on: only its address is used.
    syncConnectedChain: false,
    // Without it wagmi reconnects at every drawing of its provider, not once.
    ssr: true,
  });
}
