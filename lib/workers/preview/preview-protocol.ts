import type { Asset } from '@/lib/domain/asset';
import type { PriceSeries } from '@/lib/triggers/backtest/price-series';
import type { Trigger } from '@/lib/triggers/trigger';
import type { Position } from '@/lib/venues/registry';
import type { PreviewLevel } from '@/lib/watch/backtest/level-choice';
import type { Preview } from '@/lib/watch/backtest/run-preview';
import type { SimulationSource } from '@/lib/watch/backtest/simulate-moments';

/** Where the prices come from: the server's record, a file of the user's (a price history in CSV), or a seed. */
export type PreviewInputSource =
  | { readonly kind: 'recorded'; readonly series: readonly PriceSeries[] }
  | { readonly kind: 'file'; readonly text: string }
  | ({ readonly kind: 'simulated' } & SimulationSource);

export interface PreviewInput {
  readonly trigger: Trigger;
  readonly positions: readonly Position[];
  readonly source: PreviewInputSource;
  readonly wishedLeadMs?: number | undefined;
}

/** What a trigger's figures stand on, of which prices are wanted. */
export type PreviewAssets = readonly Pick<Asset, 'id' | 'symbol'>[];

/** What is done in the worker. */
export interface PreviewJobs {
  readonly assets: { readonly input: Pick<PreviewInput, 'trigger' | 'positions'>; readonly output: PreviewAssets };
  readonly preview: { readonly input: PreviewInput; readonly output: Preview };
}

export type { Preview, PreviewLevel };
