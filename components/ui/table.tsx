import type { ComponentProps } from 'react';
import { classNames } from './class-names';

/** Pieces of a table: hairlines, rows of the chosen density, heads that stay quiet. */
export const Table = ({ className, ...rest }: ComponentProps<'table'>) => (
  <table className={classNames('w-full border-collapse', className)} {...rest} />
);

/** A head; left-aligned unless its class says `num` or another alignment. */
export const HeadCell = ({ className, ...rest }: ComponentProps<'th'>) => (
  <th
    scope="col"
    className={classNames(
      'whitespace-nowrap border-line border-b px-1 py-1.5 font-medium first:pl-2 last:pr-2 text-muted text-xs',
      className,
    )}
    {...rest}
  />
);

export const Cell = ({ className, ...rest }: ComponentProps<'td'>) => (
  <td
    className={classNames('h-row whitespace-nowrap border-line border-b px-1 first:pl-2 last:pr-2', className)}
    {...rest}
  />
);
