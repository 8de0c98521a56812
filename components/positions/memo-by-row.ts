import { type ComponentType, type MemoExoticComponent, memo } from 'react';
import type { PositionRow } from '@/lib/book/position-row';

/**
 * A component of one row that draws again only when what it needs of the row changes: with each tick of the market a row is new, most of
 * what it holds is not (`useBook` keeps equal parts identical). The component's type can ask for no part that `needs` does not name.
 */
export function memoByRow<K extends keyof PositionRow, Props extends object>(
  needs: readonly K[],
  component: ComponentType<Props & { readonly row: Pick<PositionRow, K> }>,
): MemoExoticComponent<ComponentType<Props & { readonly row: Pick<PositionRow, K> }>> {
  return memo(component, ({ row: before, ...propsBefore }, { row: after, ...propsAfter }) => {
    const [a, b] = [propsBefore as Record<string, unknown>, propsAfter as Record<string, unknown>];
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return needs.every((key) => before[key] === after[key]) && [...names].every((name) => a[name] === b[name]);
  });
}
