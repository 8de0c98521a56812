import { NO_WHAT_IF } from '@/lib/scenarios/what-if';
import { WAD, type Wad, wad } from '@/lib/units/fixed';
import { between, type Random, scale } from '@/lib/venues/random-draws';
import type { Position } from '@/lib/venues/registry';
import { computePositionRow } from './compute-position-row';
import type { PositionRow } from './position-row';
import type { HeadroomView, RemediesView } from './remedies-view';
import type { RemedyView } from './remedy-view';

/** Draws of what chain tests of remedies carry out. */

/** A position as the page sees it, at the oracle's own prices. */
export const toTestRow = (position: Position): PositionRow =>
  computePositionRow(
    position,
    { address: position.owner, label: 'Test', kind: 'demo' },
    {
      blind: undefined,
      chainTimeSeconds: position.block.timestampSeconds,
      marketPrices: new Map(),
      latestWrites: new Map(),
      nowMs: 0,
      whatIf: NO_WHAT_IF,
    },
  );

/** Below it only single steps are tried: a second step comes a second later, and what leaves exactly 1 would then be refused. */
const LEAST_OF_SEVERAL = (1_001n * WAD) / 1_000n;

const pick = <T>(random: Random, items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];

/** A health factor above the one there is, by up to a half more again. */
export function drawTarget(random: Random, healthFactor: Wad): Wad {
  const target = scale(healthFactor, between(random, 1.001, 1.5));
  return wad(target > WAD ? target : WAD);
}

/** One between 1 and the one there is. */
export const drawKept = (random: Random, healthFactor: Wad): Wad =>
  wad(scale(healthFactor - WAD, between(random, 0.1, 0.9)) + WAD);

/** Mostly the mix where there is one, else any that can be done. */
export function pickRemedy(random: Random, { single, cheapest }: RemediesView, target: Wad): RemedyView | undefined {
  const hasRoom = target >= LEAST_OF_SEVERAL;
  const possible = single.filter(
    ({ unavailable, steps }) => unavailable === undefined && steps.length > 0 && (hasRoom || steps.length === 1),
  );
  return cheapest && hasRoom && random() < 0.8 ? cheapest : pick(random, possible);
}

export const pickHeadroom = (random: Random, { headrooms }: RemediesView): HeadroomView | undefined =>
  pick(
    random,
    headrooms.filter(({ amount }) => amount > 0n),
  );
