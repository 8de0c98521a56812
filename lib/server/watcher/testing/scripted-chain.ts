import type { Address, AssetId, Hash } from '@/lib/domain/asset';
import type { BlockRef, ChainIdentity } from '@/lib/domain/chain';
import type { Trigger } from '@/lib/triggers/trigger';
import { BTC, ETH, toPosition, toReserve, USDC } from '@/lib/venues/aave-v3/testing';
import { examplePosition, feedSide, wstETH } from '@/lib/venues/morpho-blue/testing';
import { createRandom, type Random } from '@/lib/venues/random-draws';
import type { Position } from '@/lib/venues/registry';
import { toTrigger } from '@/lib/watch/testing';

/**
 * A chain that is written beforehand: of a seed it is the same in every process, so that one may be killed and another one find the blocks that
 * went by. Positions are real ones of both venues; only their reading is not.
 */

const SECOND_MS = 1_000;
const GENESIS_SECONDS = 1_700_000_000;

const ownerOf = (number: number): Address => `0x${number.toString(16).padStart(40, '0')}`;
const hashOf = (text: string): Hash => `0x${text.padStart(64, '0')}`;

const [ALICE, BOB, CAROL] = [ownerOf(0xa1), ownerOf(0xb0), ownerOf(0xca)] as const;
export const OWNERS: readonly Address[] = [ALICE, BOB, CAROL];
export const nameOwner = (owner: string): string => ({ [ALICE]: 'Alice', [BOB]: 'Bob', [CAROL]: 'Carol' })[owner] ?? '';

const idOf = (owner: Address): string => `aave-v3~1~core~${owner}`;
const [eth, btc]: readonly [AssetId, AssetId] = [toReserve(ETH).asset.id, toReserve(BTC).asset.id];

/** Whole dollars, so that no figure comes near a level of `TRIGGERS`. */
export interface ScriptedPrices {
  readonly eth: number;
  readonly btc: number;
}

/** Of each asset: a low, a middle and a high range, and how far apart a range's prices may be. */
const RANGES = {
  eth: { from: [2_400, 2_650, 2_900], width: 200 },
  btc: { from: [50_000, 55_000, 58_000], width: 4_000 },
};
/** Of ten blocks so many stay in the range of the one before. */
const STAYS = 0.6;

export class ScriptedChain {
  readonly identity: ChainIdentity;
  private readonly random: Random;
  private readonly prices: ScriptedPrices[] = [];
  private range = { eth: 2, btc: 2 };

  constructor(readonly seed: number) {
    this.identity = { chainId: 1, genesisHash: hashOf(`f${seed.toString(16)}`) };
    this.random = createRandom(seed);
  }

  /** Blocks are numbered from 1, a second apart. */
  refAt(number: number): BlockRef {
    return { number: BigInt(number), hash: hashOf(number.toString(16)), timestampSeconds: GENESIS_SECONDS + number };
  }

  timeOf(number: number): number {
    return (GENESIS_SECONDS + number) * SECOND_MS;
  }

  pricesAt(number: number): ScriptedPrices {
    while (this.prices.length < number) this.prices.push({ eth: this.draw('eth'), btc: this.draw('btc') });
    const found = this.prices[number - 1];
    if (!found) throw new RangeError(`There is no block ${number}.`);
    return found;
  }

  positionsAt(number: number): readonly Position[] {
    const { pool, ...prices } = { ...this.pricesAt(number), pool: this.refAt(number) };
    const [ETH_NOW, BTC_NOW] = [
      { ...ETH, price: String(prices.eth) },
      { ...BTC, price: String(prices.btc) },
    ];
    const aave = (owner: Address, holdings: Parameters<typeof toPosition>[0]): Position => ({
      ...toPosition(holdings),
      id: idOf(owner),
      owner,
      block: pool,
    });
    const alice = [
      { of: ETH_NOW, supply: '10' },
      { of: USDC, debt: '20000' },
    ];
    const bob = [
      { of: BTC_NOW, supply: '1' },
      { of: USDC, debt: '40000' },
    ];
    const carol = [
      { of: ETH_NOW, supply: '2' },
      { of: BTC_NOW, supply: '0.1' },
      { of: USDC, debt: '7000' },
    ];
    return [aave(ALICE, alice), aave(BOB, bob), this.loanAt(number), aave(CAROL, carol)];
  }

  /** Bob's: 10 wstETH at the price of ETH (86 %) against 20,000 USDC. */
  private loanAt(number: number): Position {
    const { eth: price } = this.pricesAt(number);
    const loan = examplePosition({
      borrowShares: 20_000n * 10n ** 12n,
      price: BigInt(price) * 10n ** 24n,
      base: feedSide(wstETH, BigInt(price) * 10n ** 8n),
    });
    const block = this.refAt(number);
    // No interest has run up since.
    const totals = { ...loan.market.totals, lastUpdateSeconds: block.timestampSeconds };
    return {
      ...loan,
      id: `${loan.id.slice(0, loan.id.lastIndexOf('~'))}~${BOB}`,
      owner: BOB,
      block,
      market: { ...loan.market, totals },
    };
  }

  private draw(asset: keyof typeof RANGES): number {
    const { from, width } = RANGES[asset];
    if (this.random() >= STAYS) this.range = { ...this.range, [asset]: Math.floor(this.random() * from.length) };
    return (from[this.range[asset]] ?? 0) + Math.floor(this.random() * width);
  }
}

export const CHANNELS = ['desk', 'night'] as const;
const BOTH = { channels: [...CHANNELS] };
const ONE = { channels: ['desk'] };
const health = (level: string, rearm?: string) =>
  ({ kind: 'health-factor', side: 'below', level, ...(rearm && { rearm }) }) as const;
const price = (asset: AssetId, side: 'below' | 'above', level: string, rearm?: string) =>
  ({ kind: 'price-level', side, level, ...(rearm && { rearm }), params: { source: 'oracle', asset } }) as const;

/** By id: hysteresis; a dwell of ticks over two positions; a cooldown over any of two conditions; both of two with everything; an asset. */
export const TRIGGERS: Readonly<Record<string, Trigger>> = {
  single: toTrigger({ type: 'position', id: idOf(ALICE) }, [health('1.1', '1.2')], { name: 'single', ...BOTH }),
  dwell: toTrigger({ type: 'owner', owner: BOB }, [health('1.1')], {
    name: 'dwell',
    dwell: { seconds: 0, ticks: 2 },
    ...ONE,
  }),
  cooling: toTrigger(
    { type: 'position', id: idOf(CAROL) },
    [health('1.200001'), price(btc, 'below', '55000.5', '56000.5')],
    {
      name: 'cooling',
      cooldownSeconds: 4,
      ...BOTH,
    },
  ),
  both: toTrigger(
    { type: 'position', id: idOf(ALICE) },
    [health('1.15', '1.18'), { kind: 'ltv', side: 'above', level: '0.7' }],
    {
      name: 'both',
      combine: 'all',
      dwell: { seconds: 0, ticks: 3 },
      cooldownSeconds: 6,
      ...ONE,
    },
  ),
  asset: toTrigger({ type: 'asset', asset: eth }, [price(eth, 'above', '3050.5')], { name: 'asset', ...BOTH }),
};
