import type { ReactNode } from 'react';

/** Names and what they stand for, one a line; a line without a value is left out. */
export function DetailList({ rows }: { readonly rows: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl>
      {rows.map(
        ([name, value]) =>
          value !== undefined && (
            <div key={name} className="flex justify-between gap-4 border-line border-b py-1 last:border-0">
              <dt className="text-muted">{name}</dt>
              <dd className="text-right">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
