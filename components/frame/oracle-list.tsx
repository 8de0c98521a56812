import { Figure } from '@/components/ui/figure';
import { Cell, HeadCell, Table } from '@/components/ui/table';
import { Tag, type Tone } from '@/components/ui/tag';
import type { OracleLine, OracleSummary } from '@/lib/book/compute-oracle-summary';
import { formatAge } from '@/lib/format/format-age';
import { formatExact, UNKNOWN_TEXT } from '@/lib/format/format-fixed';
import { formatJump, formatJumpFactor } from '@/lib/format/format-jump';
import { formatPercentBps } from '@/lib/format/format-percent';
import { formatPrice } from '@/lib/format/format-price';
import { formatUtcTime } from '@/lib/format/format-time';

const TONES: Readonly<Record<OracleLine['state'], Tone>> = {
  live: 'safe',
  late: 'warning',
  invalid: 'liquidatable',
  missing: 'unknown',
};

/** Oracles one a row: price, age, state; and, unless brief, what each promises and where it stands. */
export function OracleList({ oracles, brief = false }: { readonly oracles: OracleSummary; readonly brief?: boolean }) {
  return (
    <Table>
      <thead>
        <tr>
          <HeadCell>Asset</HeadCell>
          <HeadCell className="num">Price</HeadCell>
          <HeadCell className="num">Age</HeadCell>
          {!brief && (
            <>
              <HeadCell className="num max-sm:hidden">Heartbeat</HeadCell>
              <HeadCell className="num max-sm:hidden">Deviation</HeadCell>
              <HeadCell className="max-md:hidden">Feed</HeadCell>
            </>
          )}
          <HeadCell>State</HeadCell>
        </tr>
      </thead>
      <tbody>
        {oracles.lines.map(({ asset, price, state, ageSeconds, jump }) => (
          <tr key={`${price.assetId} ${price.feed}`}>
            <Cell className="!h-8 font-medium">{asset.symbol}</Cell>
            <Cell className="num !h-8">
              {price.answer === undefined || price.answer <= 0n ? (
                UNKNOWN_TEXT
              ) : (
                <Figure
                  text={formatPrice(price.answer, price.decimals)}
                  exact={formatExact(price.answer, price.decimals)}
                />
              )}
            </Cell>
            <Cell className="num !h-8 text-muted">
              {ageSeconds === undefined || price.updatedAtSeconds === undefined ? (
                UNKNOWN_TEXT
              ) : (
                <span title={formatUtcTime(price.updatedAtSeconds * 1000)}>{formatAge(ageSeconds)}</span>
              )}
            </Cell>
            {!brief && (
              <>
                <Cell className="num !h-8 text-muted max-sm:hidden">{formatAge(price.heartbeatSeconds)}</Cell>
                <Cell className="num !h-8 text-muted max-sm:hidden">
                  {price.deviationBps === undefined ? UNKNOWN_TEXT : formatPercentBps(price.deviationBps)}
                </Cell>
                <Cell className="mono !h-8 text-muted max-md:hidden">{price.feed ?? UNKNOWN_TEXT}</Cell>
              </>
            )}
            <Cell className="!h-8">
              {state === 'live' && jump ? (
                <Tag tone="warning" title={`The feed ${formatJump(jump)}.`}>
                  jumped {formatJumpFactor(jump.from, jump.to)}
                </Tag>
              ) : (
                <Tag tone={TONES[state]}>{state}</Tag>
              )}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
