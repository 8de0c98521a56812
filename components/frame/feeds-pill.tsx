'use client';

import { buttonClass } from '@/components/ui/button';
import { Popover } from '@/components/ui/popover';
import { Tag, type Tone, ToneMark } from '@/components/ui/tag';
import type { OracleSummary } from '@/lib/book/compute-oracle-summary';
import type { MarketFeedStatus } from '@/lib/feeds/stream-protocol';
import { formatAge } from '@/lib/format/format-age';
import { describeMarket, describeSpeed } from './chain-status';
import { MarketControl } from './market-control';
import { OracleList } from './oracle-list';
import { useMarket } from './use-market';
import { useOracles } from './use-oracles';

function describeOracles(oracles: OracleSummary): { readonly tone: Tone; readonly words: string } {
  const { liveCount, lateCount, jumpedCount, brokenCount } = oracles;
  const parts = [
    brokenCount > 0 && `${brokenCount} broken`,
    jumpedCount > 0 && `${jumpedCount} jumped`,
    lateCount > 0 && `${lateCount} late`,
    `${liveCount} live`,
  ].filter(Boolean);
  return {
    tone: brokenCount > 0 ? 'liquidatable' : lateCount + jumpedCount > 0 ? 'warning' : 'safe',
    words: parts.join(', '),
  };
}

function MarketState({ market }: { readonly market: MarketFeedStatus }) {
  const { tone, word } = describeMarket(market);
  const speed = word === 'live' && market.simulation ? `${market.simulation.speed}×` : undefined;
  return (
    <>
      <ToneMark tone={tone} />
      <span className="max-md:sr-only">Market</span>
      <span className="text-faint max-md:hidden">
        {speed !== undefined && describeSpeed(market) && <span className="max-[1400px]:hidden">simulated time </span>}
        {speed ?? word}
        {market.state === 'live' && market.latencyMs !== undefined && (
          <span className="max-[1400px]:hidden"> · {Math.round(market.latencyMs)} ms</span>
        )}
      </span>
    </>
  );
}

/** Where prices come from and how they stand: oracles counted by state with the oldest age, the market feed, and its simulation's control. */
export function FeedsPill() {
  const oracles = useOracles();
  const market = useMarket();
  const described = oracles && describeOracles(oracles);
  const speed = describeSpeed(market);
  const marketWords = market ? [describeMarket(market).word, speed].filter(Boolean).join(', ') : 'unknown';

  return (
    <Popover
      className={`${buttonClass()} min-w-0 !shrink overflow-hidden`}
      label={`Prices: oracles ${described?.words ?? 'unknown'}, market ${marketWords}`}
      trigger={
        <>
          <ToneMark tone={described?.tone ?? 'unknown'} />
          <span className="max-md:sr-only">Oracles</span>
          <span className="text-faint max-md:hidden">
            {described?.words ?? '—'}
            {oracles?.oldestSeconds !== undefined && (
              <span
                className={
                  oracles.lateCount + oracles.jumpedCount + oracles.brokenCount > 0
                    ? 'max-[1500px]:hidden'
                    : 'max-lg:hidden'
                }
              >
                {' '}
                · oldest {formatAge(oracles.oldestSeconds)}
              </span>
            )}
          </span>
          {market && market.state !== 'none' && <MarketState market={market} />}
        </>
      }
    >
      {() => (
        <div className="w-[min(420px,calc(100vw-40px))] text-[13px]">
          {market && <MarketControl market={market} />}
          <h2 className="mt-3 mb-1 flex items-center justify-between font-semibold">
            Oracles {described && <Tag tone={described.tone}>{described.words}</Tag>}
          </h2>
          {speed && (
            <p className="mb-1 text-muted">Ages are the chain’s own: {speed}, so many times as fast as the clock.</p>
          )}
          {oracles && oracles.lines.length > 0 ? (
            <OracleList oracles={oracles} brief />
          ) : (
            <p className="text-muted">The oracles cannot be seen now, or were not read yet.</p>
          )}
        </div>
      )}
    </Popover>
  );
}
