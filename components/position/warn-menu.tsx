'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { Icon } from '@/components/ui/icon';
import { Menu, type MenuItem } from '@/components/ui/menu';
import { listNearestAlone } from '@/lib/book/list-nearest-alone';
import type { PositionRow } from '@/lib/book/position-row';
import { toOptional } from '@/lib/domain/known';
import { formatTriggerLink, type TriggerLink } from '@/lib/stores/trigger-link';
import { linkToPriceWarning } from './link-to-price-warning';

/** Ways to be warned before a position is liquidated; each opens the form of a trigger filled in so far. */
export function WarnMenu({ row }: { readonly row: PositionRow }) {
  const router = useRouter();
  const search = useSearchParams().toString();
  const scope = `position:${row.id}`;
  const open = (link: TriggerLink) => () => router.push(formatTriggerLink(link, search));
  const [nearest] = toOptional(listNearestAlone(row)) ?? [];
  const price = nearest && linkToPriceWarning(row, nearest);
  const items: readonly MenuItem[] = [
    {
      key: 'distance',
      label: 'Distance to liquidation',
      detail: 'While a part of today’s price is left',
      onSelect: open({ scope, kind: 'distance' }),
    },
    {
      key: 'health-factor',
      label: 'Health factor',
      detail: 'At the oracle’s prices',
      onSelect: open({ scope, kind: 'health-factor' }),
    },
    {
      key: 'implied-price',
      label: 'Next oracle update',
      detail: 'Health factor at the market’s prices',
      onSelect: open({ scope, kind: 'implied-price' }),
    },
    ...(nearest && price
      ? [
          {
            key: 'price',
            label: `Price of ${nearest.asset.symbol}`,
            detail: 'Before the nearest liquidation price',
            onSelect: open(price),
          },
        ]
      : []),
  ];
  return (
    <Menu
      label="Warn me before this"
      trigger={
        <>
          <Icon name="triggers" size={14} /> Warn me before this
        </>
      }
      items={items}
    />
  );
}
