import * as z from 'zod/mini';
import type { AssetId } from '@/lib/domain/asset';

/** What the simulated market can be told. */
export type MarketCommand =
  | { readonly action: 'pause' | 'resume' }
  | { readonly action: 'speed'; readonly value: number }
  /** Spread over simulated seconds; 2000 is −20 %. */
  | {
      readonly action: 'shock';
      readonly asset: AssetId | 'all';
      readonly dropBps: number;
      readonly overSeconds: number;
    }
  | { readonly action: 'liquidator'; readonly on: boolean };

const refusal = z.object({ error: z.string() });

/** Tells the simulated market; `undefined` when it took the command, else one sentence that says why not. */
export async function sendMarketCommand(command: MarketCommand): Promise<string | undefined> {
  try {
    const response = await fetch('/api/market', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(command),
    });
    if (response.ok) return undefined;
    const parsed = refusal.safeParse(await response.json().catch(() => undefined));
    return parsed.success ? parsed.data.error : `Ballast answered ${response.status}.`;
  } catch {
    return 'Ballast does not answer. Is it still running?';
  }
}
