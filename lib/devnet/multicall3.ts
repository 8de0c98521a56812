import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Address, Hex } from 'viem';

/** The address Multicall3 has on every public chain. */
export const MULTICALL3_ADDRESS: Address = '0xca11bde05977b3631167028862be2a173976ca11';

/**
 * Puts Multicall3 at its usual address. viem carries its creation code but does not export it, so it is taken from viem's files; run as a
 * call it returns the code to be set.
 */
export async function installMulticall3(
  request: <Result>(method: string, params: readonly unknown[]) => Promise<Result>,
): Promise<void> {
  const require = createRequire(import.meta.url);
  const file = join(dirname(require.resolve('viem/package.json')), '_cjs', 'constants', 'contracts.js');
  const { multicall3Bytecode } = require(file) as { multicall3Bytecode: Hex };
  const runtime = await request<Hex>('eth_call', [{ data: multicall3Bytecode }, 'latest']);
  await request('anvil_setCode', [MULTICALL3_ADDRESS, runtime]);
}
