import type { Touch } from '@/lib/triggers/trigger-kind';

const keyOf = (touch: Touch, asset: string): string => `${touch} ${asset}`;

/** What prices of an asset can move, found by that asset. */
export class TouchIndex<Item> {
  private readonly byKey = new Map<string, Set<Item>>();
  private readonly keysOf = new Map<Item, readonly string[]>();

  add(item: Item, touches: readonly Touch[], assets: Iterable<string>): void {
    const listed = [...assets];
    const keys = touches.flatMap((touch) => listed.map((asset) => keyOf(touch, asset)));
    this.keysOf.set(item, keys);
    for (const key of keys) {
      const items = this.byKey.get(key);
      if (items) items.add(item);
      else this.byKey.set(key, new Set([item]));
    }
  }

  remove(item: Item): void {
    for (const key of this.keysOf.get(item) ?? []) {
      const items = this.byKey.get(key);
      items?.delete(item);
      if (items?.size === 0) this.byKey.delete(key);
    }
    this.keysOf.delete(item);
  }

  /** Each once. */
  find(touch: Touch, assets: Iterable<string>): ReadonlySet<Item> {
    const found = new Set<Item>();
    for (const asset of assets) for (const item of this.byKey.get(keyOf(touch, asset)) ?? []) found.add(item);
    return found;
  }
}
