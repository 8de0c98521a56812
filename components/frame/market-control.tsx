'use client';

import { useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '@/components/ui/button';
import { ClockTime } from '@/components/ui/clock-time';
import { Figure } from '@/components/ui/figure';
import { Icon } from '@/components/ui/icon';
import { Notice } from '@/components/ui/notice';
import { Slider } from '@/components/ui/slider';
import { Tag } from '@/components/ui/tag';
import type { Address, AssetId } from '@/lib/domain/asset';
import type { MarketFeedStatus, RejectedTick, SimulatedLiquidation } from '@/lib/feeds/stream-protocol';
import { formatAddress } from '@/lib/format/format-address';
import { formatAge } from '@/lib/format/format-age';
import { formatAmount } from '@/lib/format/format-amount';
import { formatExact } from '@/lib/format/format-fixed';
import { watchStore } from '@/lib/stores/watch-store';
import { describeMarket, describeSpeed } from './chain-status';
import { useLive, useLiveContext } from './live-context';
import { type MarketCommand, sendMarketCommand } from './send-market-command';
import { useOracles } from './use-oracles';

const SLOWEST = 1;
const FASTEST = 60;
const REJECTED_SHOWN_MS = 60_000;
const REJECTED_SHOWN = 4;
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
  const { tone, word, meaning } = describeMarket(market);
  const speed = describeSpeed(market);
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
        {speed && ` Chain and market run in ${speed}: ages of oracles and interest are by that time.`}
        {market.lastTickAtMs !== undefined && ` Last tick ${formatAge((nowMs - market.lastTickAtMs) / 1000)} ago.`}
      </p>
      <RejectedTicks />
      {market.simulation && <SimulationControl simulation={market.simulation} />}
    </section>
  );
}

/** Prices of the last minute that were not taken, the newest of each asset, and why. */
function RejectedTicks() {
  const oracles = useOracles();
  const rejected = useLive((state) => state.rejected);
  const nowMs = useLive((state) => state.nowMs);
  const newest = new Map<string, RejectedTick>();
  for (const tick of rejected) {
    if (nowMs - tick.atMs < REJECTED_SHOWN_MS && !newest.has(tick.assetId)) newest.set(tick.assetId, tick);
  }
  if (newest.size === 0) return null;
  const nameOf = (assetId: string) => oracles?.lines.find(({ asset }) => asset.id === assetId)?.asset.symbol ?? assetId;
  return (
    <div className="mt-2">
      <Notice title="Market prices not taken">
        <ul>
          {[...newest.values()].slice(0, REJECTED_SHOWN).map(({ assetId, reason, atMs }) => (
            <li key={assetId}>
              {nameOf(assetId)}, {formatAge((nowMs - atMs) / 1000)} ago: {reason} The one before stays, with its age.
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}

/** What the liquidator did last, by the contract's own event; nothing while it has done nothing on this chain. */
function Liquidations({ liquidations }: { readonly liquidations: readonly SimulatedLiquidation[] }) {
  const { demoAccounts } = useLiveContext();
  const entries = useStore(watchStore, (state) => state.entries);
  const oracles = useOracles();
  if (liquidations.length === 0) return null;
  const nameOf = (address: Address) =>
    entries.find((entry) => entry.address === address)?.label ??
    demoAccounts.find((account) => account.address === address)?.label ??
    formatAddress(address);
  const describe = (address: Address, amount: bigint) => {
    const asset = oracles?.lines.find((line) => line.asset.address === address)?.asset;
    return asset ? (
      <Figure
        text={formatAmount(amount, asset.decimals)}
        unit={asset.symbol}
        exact={`${formatExact(amount, asset.decimals)} ${asset.symbol}`}
      />
    ) : (
      `some of ${formatAddress(address)}`
    );
  };
  return (
    <section aria-label="Last liquidations">
      <h3 className="text-muted">Last liquidations</h3>
      <ul>
        {liquidations.map(({ account, debtAsset, repaid, collateralAsset, seized, timestampSeconds }) => (
          <li
            key={`${account} ${timestampSeconds} ${debtAsset} ${collateralAsset}`}
            className="flex flex-wrap justify-between gap-x-3 border-line border-t py-1 first:border-0"
          >
            <span>
              <ClockTime atMs={timestampSeconds * 1000} className="num text-faint" /> {nameOf(account)}
            </span>
            <span className="text-muted">
              repaid {describe(debtAsset, repaid)}, seized {describe(collateralAsset, seized)}
            </span>
          </li>
        ))}
      </ul>
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
        <span className="whitespace-nowrap">Liquidator on</span>
        <span className="text-faint">liquidates what falls below 1, on the chain</span>
      </label>
      {problem && (
        <Notice tone="warning" title="The market did not take that">
          {problem}
        </Notice>
      )}
      <Liquidations liquidations={simulation.liquidations} />
      <p className="text-faint text-xs">
        Simulated with seed {simulation.seed}; everyone on this chain sees the same market.
      </p>
    </div>
  );
}
