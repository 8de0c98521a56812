import type { ComponentProps } from 'react';
import { classNames } from './class-names';

/** Pieces of a table: hairlines, rows of the chosen density, heads that stay quiet. */
export const Table = ({ className, ...rest }: ComponentProps<'table'>) => (
  <table className={classNames('w-full border-collapse', className)} {...rest} />
);

export const HeadCell = ({ className, ...rest }: ComponentProps<'th'>) => (
  <th
    scope="col"
    className={classNames(
      'whitespace-nowrap border-line border-b px-2 py-1.5 text-left font-medium text-muted text-xs',
      className,
    )}
    {...rest}
  />
);

export const Cell = ({ className, ...rest }: ComponentProps<'td'>) => (
  <td className={classNames('h-row whitespace-nowrap border-line border-b px-2', className)} {...rest} />
);
