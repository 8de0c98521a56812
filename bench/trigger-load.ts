import { type Address, type Asset, toAssetId } from '@/lib/domain/asset';
import type { BlockRef } from '@/lib/domain/chain';
import type { Trigger } from '@/lib/triggers/trigger';
import { toPosition, toReserve } from '@/lib/venues/aave-v3/testing';
import { examplePosition, feedSide } from '@/lib/venues/morpho-blue/testing';
import { createRandom } from '@/lib/venues/random-draws';
import type { Position } from '@/lib/venues/registry';
import { toTrigger } from '@/lib/watch/testing';

/** Groups of positions, each of one collateral and one debt that no other group has: a tick of a group's prices touches a tenth of all triggers. */
export const GROUPS = 10;
export const IN_GROUP = 1_000;
/** Those of which all triggers fire at once, in the burst. */
export const BURST_GROUPS = 5;
/** The last groups are on Morpho Blue, the others on Aave. */
const MORPHO_FROM = 7;
const SEED = 20_261_122;
/** Every collateral is worth so much by its oracle, of which a position has ten. */
const ORACLE_PRICE = 1_000;
const AMOUNT = 10;
const LEVEL = 1.1;
const REARM = 1.102;
const UNIT = 1_000_000;

const addressOf = (number: number): Address => `0x${number.toString(16).padStart(40, '0')}`;
const assetOf = (number: number, symbol: string, decimals: number): Asset => {
  const address = addressOf(number);
  return { id: toAssetId(1, address), chainId: 1, address, symbol, decimals };
};

const collateralOf = (group: number) => ({
  symbol: `C${group}`,
  id: 100 + group,
  decimals: 18,
  price: String(ORACLE_PRICE),
});
const debtOf = (group: number) => ({ symbol: `D${group}`, id: 200 + group, decimals: 6, price: '1' });

/** The two assets of a group, whichever venue they are on. */
export function assetsOf(group: number): { readonly collateral: Asset; readonly debt: Asset } {
  if (group < MORPHO_FROM)
    return { collateral: toReserve(collateralOf(group)).asset, debt: toReserve(debtOf(group)).asset };
  return { collateral: assetOf(300 + group, `C${group}`, 18), debt: assetOf(400 + group, `D${group}`, 6) };
}

/** What the venue counts of the collateral. */
const shareOf = (group: number): number => (group < MORPHO_FROM ? 0.83 : 0.86);
/** At which market price the trigger of a position is at its level: from 900.05 on, a dime apart; prices are even cents, so that none meets one. */
const edgeOf = (index: number): number => 900.05 + index / 10;
/** What is owed, in millionths. */
const owedOf = (group: number, index: number): number =>
  Math.round((AMOUNT * edgeOf(index) * shareOf(group) * UNIT) / LEVEL);

export const ownerOf = (group: number, index: number): Address => addressOf(0x1_0000_0000 + group * IN_GROUP + index);

/** A position as it is read at a block. */
export function drawPosition(group: number, index: number, block: BlockRef): Position {
  const owner = ownerOf(group, index);
  const owed = owedOf(group, index);
  if (group < MORPHO_FROM) {
    const debt = (owed / UNIT).toFixed(6);
    const aave = toPosition([
      { of: collateralOf(group), supply: String(AMOUNT) },
      { of: debtOf(group), debt },
    ]);
    return { ...aave, id: `aave-v3~1~core~${owner}`, owner, block };
  }
  const { collateral, debt } = assetsOf(group);
  const loan = examplePosition({
    borrowShares: BigInt(owed) * 10n ** 6n,
    price: BigInt(ORACLE_PRICE) * 10n ** 24n,
    base: feedSide(collateral, BigInt(ORACLE_PRICE) * 10n ** 8n, addressOf(500 + group)),
    quote: feedSide(debt, 10n ** 8n, addressOf(600 + group)),
  });
  const totals = { ...loan.market.totals, lastUpdateSeconds: block.timestampSeconds };
  const market = { ...loan.market, loan: debt, collateral, totals };
  return { ...loan, id: `morpho-blue~1~${loan.market.id}~${owner}`, owner, block, market };
}

export const triggerIdOf = (group: number, index: number): string => `${group}-${index}`;
/** Half of them with hysteresis; beyond the groups of the burst with a dwell of two ticks, too. */
const hasRearm = (index: number): boolean => index % 2 === 0;
export const dwellTicksOf = (group: number, index: number): number => (group >= BURST_GROUPS && index % 4 < 2 ? 2 : 1);

/** The trigger of a position: its health factor at the market's prices, or the price itself far below. */
export function drawTrigger(group: number, index: number, position: string, channel: string): Trigger {
  const health = {
    kind: 'implied-price',
    side: 'below',
    level: String(LEVEL),
    ...(hasRearm(index) && { rearm: String(REARM) }),
  } as const;
  const price = {
    kind: 'price-level',
    side: 'below',
    level: '500',
    params: { source: 'market', asset: assetsOf(group).collateral.id },
  } as const;
  return toTrigger({ type: 'position', id: position }, [health, price], {
    name: `trigger ${triggerIdOf(group, index)}`,
    dwell: { seconds: 0, ticks: dwellTicksOf(group, index) },
    channels: [channel],
  });
}

/** Whether a trigger is met at a market price, and still so by its second level. In plain numbers, by hand: amount · price · share / owed. */
export function judgeByHand(
  group: number,
  index: number,
  price: number,
): { readonly isMet: boolean; readonly isStill: boolean } {
  const health = (AMOUNT * price * shareOf(group) * UNIT) / owedOf(group, index);
  return { isMet: health < LEVEL, isStill: health < (hasRearm(index) ? REARM : LEVEL) };
}

const [LOW, HIGH] = [97_000, 100_000] as const;

/** Prices of a group's collateral, in even cents: down to 970 by some thirty cents a tick and up again, half of the groups on each way to begin with. */
export class PricePath {
  private readonly random: () => number;
  private cents: number;
  private isFalling: boolean;

  constructor(group: number) {
    this.random = createRandom(SEED + group);
    this.cents = HIGH - group * 280;
    this.isFalling = group % 2 === 0;
  }

  next(): number {
    const step = 20 + 2 * Math.floor(this.random() * 11);
    this.cents += this.isFalling ? -step : step;
    if (this.cents <= LOW) this.isFalling = false;
    if (this.cents >= HIGH) this.isFalling = true;
    return this.cents / 100;
  }
}
