import { Cell, HeadCell, Table } from '@/components/ui/table';
import type { LoggedFiring } from '@/lib/alerts/logged-firing';
import { UNKNOWN_TEXT } from '@/lib/format/format-fixed';
import { formatPrice } from '@/lib/format/format-price';
import { describeFiringValue } from '@/lib/triggers/describe-firing-value';
import { formatDecimal } from '@/lib/units/decimal';
import { LocalTime } from './local-time';

type Firing = LoggedFiring['firing'];

const MET = { true: 'past it', false: 'not past it', unknown: 'unknown' } as const;

/** The figures of a firing, each against its level. */
export const FiringValues = ({ values }: Pick<Firing, 'values'>) => (
  <div className="overflow-x-auto">
    <Table>
      <thead>
        <tr>
          <HeadCell>Figure</HeadCell>
          <HeadCell>Of</HeadCell>
          <HeadCell className="num">At the firing</HeadCell>
          <HeadCell>Limit</HeadCell>
          <HeadCell>Was</HeadCell>
        </tr>
      </thead>
      <tbody>
        {values.map((value, index) => {
          const { title, of, figure, exact, limit, met, reason } = describeFiringValue(value);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a record never changes, and may have one condition twice.
            <tr key={index}>
              <Cell>{title}</Cell>
              <Cell>{of ?? UNKNOWN_TEXT}</Cell>
              <Cell className="num" title={exact ?? reason}>
                {figure ?? UNKNOWN_TEXT}
                {reason && <span className="ml-1.5 text-muted">{reason}</span>}
              </Cell>
              <Cell>{limit}</Cell>
              <Cell>{MET[met]}</Cell>
            </tr>
          );
        })}
      </tbody>
    </Table>
  </div>
);

const lastPart = (asset: string): string => asset.split(/[:/]/).at(-1) ?? asset;

/** The prices a firing stands on, as they were seen. */
export const FiringInputs = ({ inputs }: Pick<Firing, 'inputs'>) => (
  <div className="overflow-x-auto">
    <Table>
      <thead>
        <tr>
          <HeadCell>Asset</HeadCell>
          <HeadCell className="num">Price</HeadCell>
          <HeadCell>Source</HeadCell>
          <HeadCell>Round</HeadCell>
          <HeadCell>Written</HeadCell>
        </tr>
      </thead>
      <tbody>
        {inputs.map(({ asset, source, from, answer, decimals, round, updatedAt }) => (
          <tr key={`${asset} ${source}`}>
            <Cell className="mono max-md:max-w-24 max-md:truncate" title={asset}>
              {lastPart(asset)}
            </Cell>
            <Cell className="num" title={formatDecimal(BigInt(answer), decimals)}>
              {formatPrice(BigInt(answer), decimals)}
            </Cell>
            <Cell>
              {source} <span className="mono text-muted">{from}</span>
            </Cell>
            <Cell className="mono">{round ?? UNKNOWN_TEXT}</Cell>
            <Cell>{updatedAt === null ? UNKNOWN_TEXT : <LocalTime atMs={Date.parse(updatedAt)} />}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  </div>
);
