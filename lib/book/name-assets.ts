import type { Asset } from '@/lib/domain/asset';

/** Sentences of the engine name assets by their key, people by their symbol: "eip155:1/0x…c0 is not collateral." is "wstETH is not collateral." */
export const nameAssets = (text: string, assets: readonly Pick<Asset, 'id' | 'symbol'>[]): string =>
  assets.reduce((named, { id, symbol }) => named.replaceAll(id, symbol), text);
