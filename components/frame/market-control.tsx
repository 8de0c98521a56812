'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Notice } from '@/components/ui/notice';
import { Slider } from '@/components/ui/slider';
import { Tag } from '@/components/ui/tag';
import type { AssetId } from '@/lib/domain/asset';
import type { MarketFeedStatus } from '@/lib/feeds/stream-protocol';
import { formatAge } from '@/lib/format/format-age';
import { MARKET_WORDS } from './chain-status';
import { useLive } from './live-context';
import { type MarketCommand, sendMarketCommand } from './send-market-command';
import { useOracles } from './use-oracles';

const SLOWEST = 1;
const FASTEST = 60;
const SHOCK = { dropBps: 2_000, overSeconds: 3_600 } as const;

/** The market feed's state and, where the market is simulated, the hand on it. */
export function MarketControl({
  market,
  bare = false,
}: {
  readonly market: MarketFeedStatus;
  /** Under a heading of its own already. */
  readonly bare?: boolean;
}) {
  const nowMs = useLive((state) => state.nowMs);
  const { tone, word, meaning } = MARKET_WORDS[market.state];
  return (
    <section>
      {!bare && (
        <h2 className="flex items-center justify-between font-semibold">
          Market {market.source && <span className="ml-1.5 flex-1 font-normal text-faint">{market.source}</span>}
          <Tag tone={tone}>{word}</Tag>
        </h2>
      )}
      <p className="mt-1 text-muted">
        {market.problem ?? meaning}
        {market.lastTickAtMs !== undefined && ` Last tick ${formatAge((nowMs - market.lastTickAtMs) / 1000)} ago.`}
      </p>
      {market.simulation && <SimulationControl simulation={market.simulation} />}
    </section>
  );
}

function SimulationControl({ simulation }: { readonly simulation: NonNullable<MarketFeedStatus['simulation']> }) {
  const oracles = useOracles();
  const [speed, setSpeed] = useState<number>();
  const [asset, setAsset] = useState<AssetId | 'all'>('all');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const assets = [...new Map(oracles?.lines.map(({ asset: { id, symbol } }) => [id, symbol]) ?? [])];

  const send = async (command: MarketCommand) => {
    setBusy(true);
    setProblem(await sendMarketCommand(command));
    setBusy(false);
  };

  const shownSpeed = speed ?? simulation.speed;
  return (
    <div className="mt-2 grid gap-2.5 rounded-md bg-sunken p-2.5">
      <div className="flex items-center gap-2">
        <Button data-autofocus disabled={busy} onClick={() => send({ action: simulation.paused ? 'resume' : 'pause' })}>
          <Icon name={simulation.paused ? 'play' : 'pause'} size={14} />
          {simulation.paused ? 'Resume' : 'Pause'}
        </Button>
        <span className="text-muted">Speed</span>
        <Slider
          label="Speed of the simulated market"
          className="min-w-0 flex-1"
          min={SLOWEST}
          max={FASTEST}
          step={1}
          value={shownSpeed}
          valueText={`${shownSpeed} times`}
          onChange={setSpeed}
          onCommit={(value) => {
            void send({ action: 'speed', value }).then(() => setSpeed(undefined));
          }}
        />
        <span className="num w-[4ch]">{shownSpeed}×</span>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <label className="flex items-center gap-2">
          <span className="text-muted">Shock</span>
          <select
            value={asset}
            onChange={(event) => setAsset(event.target.value as AssetId | 'all')}
            className="h-7 rounded-md border border-line bg-panel px-2"
          >
            <option value="all">everything</option>
            {assets.map(([id, symbol]) => (
              <option key={id} value={id}>
                {symbol}
              </option>
            ))}
          </select>
        </label>
        <Button disabled={busy} onClick={() => send({ action: 'shock', asset, ...SHOCK })}>
          −20 % within an hour
        </Button>
      </div>
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          disabled={busy}
          checked={simulation.liquidatorOn}
          onChange={(event) => send({ action: 'liquidator', on: event.target.checked })}
        />
        Liquidator on
        <span className="text-faint">liquidates what falls below 1, on the chain</span>
      </label>
      {problem && (
        <Notice tone="warning" title="The market did not take that">
          {problem}
        </Notice>
      )}
      <p className="text-faint text-xs">
        Simulated with seed {simulation.seed}; everyone on this chain sees the same market.
      </p>
    </div>
  );
}
