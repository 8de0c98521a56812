'use client';

import { Popover } from '@/components/ui/popover';
import { Tag, ToneMark } from '@/components/ui/tag';
import { formatAge } from '@/lib/format/format-age';
import { formatFixed } from '@/lib/format/format-fixed';
import { formatLocalTime, formatUtcTime } from '@/lib/format/format-time';
import { describeChain, describeSpeed } from './chain-status';
import { DetailList } from './detail-list';
import { useLive, useLiveContext } from './live-context';

/** The chain: its name, the newest block, how long ago that was seen, and what is wrong where something is. */
export function ChainPill() {
  const { config } = useLiveContext();
  const chain = useLive((state) => state.chain);
  const connection = useLive((state) => state.connection);
  const nowMs = useLive((state) => state.nowMs);
  const { tone, word, meaning } = describeChain(connection, chain);
  const block = chain?.block;
  const speed = describeSpeed(useLive((state) => state.market));
  const live = word === 'live';
  const seenSeconds = chain?.blockSeenAtMs === undefined ? undefined : (nowMs - chain.blockSeenAtMs) / 1000;

  return (
    <Popover
      label={`${config.name}: ${word}`}
      trigger={
        <>
          <ToneMark tone={tone} />
          <span className="max-sm:sr-only">{config.name}</span>
          {!live && <span className="truncate font-medium max-sm:max-w-20">{word}</span>}
          {block && (
            <span className="text-faint max-lg:hidden">
              block {formatFixed(block.number, 0, 0)}
              {live && seenSeconds !== undefined && (
                <>
                  {' · '}
                  <span className="inline-block min-w-[7ch] text-left">{formatAge(seenSeconds)}</span>
                </>
              )}
            </span>
          )}
        </>
      }
    >
      {() => (
        <div className="w-80 text-[13px]">
          <p className="mb-1 flex items-center justify-between font-semibold">
            {config.name} <Tag tone={tone}>{word}</Tag>
          </p>
          <p className="mb-2 text-muted">{chain?.problem ?? meaning}</p>
          <DetailList
            rows={[
              ['Chain id', config.chainId],
              ['Block', block && formatFixed(block.number, 0, 0)],
              ['Seen', seenSeconds === undefined ? undefined : `${formatAge(seenSeconds)} ago`],
              [
                'Chain’s own time',
                block && (
                  <span title={formatUtcTime(block.timestampSeconds * 1000)}>
                    {formatLocalTime(block.timestampSeconds * 1000)}
                    {speed && ` (${speed})`}
                  </span>
                ),
              ],
              ['Read by', chain?.transport === 'polling' ? 'polling (no WebSocket)' : chain && 'WebSocket'],
              ['Block hash', block && <span className="mono">{block.hash.slice(0, 18)}…</span>],
              ['Genesis', chain?.identity && <span className="mono">{chain.identity.genesisHash.slice(0, 18)}…</span>],
            ]}
          />
        </div>
      )}
    </Popover>
  );
}
