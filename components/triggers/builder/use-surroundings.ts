'use client';

import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { useLiveLater } from '@/components/frame/live-context';
import { useReadings } from '@/components/frame/use-readings';
import { useAccounts } from '@/components/frame/use-view';
import { type Address, parseAddress } from '@/lib/domain/asset';
import { InvalidInputError } from '@/lib/domain/errors';
import { formatAddress } from '@/lib/format/format-address';
import { browserShelf } from '@/lib/stores/browser-shelf';
import type { KeptBook } from '@/lib/stores/kept-book';
import type { LiveState } from '@/lib/stores/live-store';
import type { TriggerNames } from '@/lib/triggers/describe-trigger';
import type { TriggerDraft } from '@/lib/triggers/form/trigger-draft';
import type { Position } from '@/lib/venues/registry';
import { namePosition } from '@/lib/watch/plan-subjects';
import { readingToWorld } from '@/lib/watch/reading-to-world';
import type { World } from '@/lib/watch/world';
import { listAssetOptions, type Option } from './options';

const selectPrices = (state: LiveState) => state.prices;

/** What a form can offer, what things are called, and how the world stands now. */
export interface Surroundings {
  readonly world: World;
  readonly positions: readonly Position[];
  readonly names: TriggerNames;
  readonly positionOptions: readonly Option[];
  readonly ownerOptions: readonly Option[];
  readonly assetOptions: readonly Option[];
  /** `undefined` until they were read. */
  readonly books: readonly KeptBook[] | undefined;
}

/** Whom the draft names, so that their positions are read though nobody watches them here. */
function readOwner({ scope }: TriggerDraft): Address | undefined {
  if (scope.book !== '') return undefined;
  const text = scope.type === 'position' ? scope.position.split('~').at(-1) : scope.owner;
  try {
    return text ? parseAddress(text) : undefined;
  } catch (cause) {
    if (cause instanceof InvalidInputError) return undefined;
    throw cause;
  }
}

function useBooks(): readonly KeptBook[] | undefined {
  const books = useStore(browserShelf, (state) => state.books);
  useEffect(() => {
    if (browserShelf.getState().books === undefined) void browserShelf.getState().load();
  }, []);
  return books;
}

/** The positions in view and those of whom the draft names, at the newest block, with prices of now. */
export function useSurroundings(draft: TriggerDraft): Surroundings {
  const { read } = useAccounts();
  const owner = readOwner(draft);
  const extra = useMemo(() => (owner === undefined ? [] : [owner]), [owner]);
  const { result, blind, nowMs } = useReadings(extra);
  const marketPrices = useLiveLater(selectPrices);
  const books = useBooks();

  const known = useMemo(() => {
    const labels = new Map(read.map(({ address, label }) => [address.toLowerCase(), label]));
    const nameOwner = (address: string) => labels.get(address.toLowerCase()) ?? formatAddress(address);
    const positions = result?.owners.flatMap((each) => each.positions) ?? [];
    const assetOptions = listAssetOptions(positions);
    const positionOptions = positions.map((position) => ({
      value: position.id,
      label: namePosition(position, { nameOwner }),
    }));
    const labelOf = (options: readonly Option[], value: string) =>
      options.find((option) => option.value === value)?.label ?? value;
    const names: TriggerNames = {
      namePosition: (id) => labelOf(positionOptions, id),
      nameAsset: (key) => labelOf(assetOptions, key),
      nameOwner,
      nameBook: (id) => books?.find((book) => book.id === id)?.name ?? id,
    };
    const ownerOptions = read.map(({ address, label }) => ({ value: address, label }));
    return { positions, names, positionOptions, ownerOptions, assetOptions, nameOwner };
  }, [result, read, books]);
  const { nameOwner, ...offered } = known;
  const world = useMemo(
    () => readingToWorld(result, { blind, marketPrices, nowMs, nameOwner }),
    [result, blind, marketPrices, nowMs, nameOwner],
  );
  return { ...offered, world, books };
}
