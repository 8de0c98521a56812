'use client';

import { ChannelsPanel } from '@/components/channels/channels-panel';
import { describeChain, describeMarket, MARKET_WORDS } from '@/components/frame/chain-status';
import { DetailList } from '@/components/frame/detail-list';
import { useLive, useLiveContext } from '@/components/frame/live-context';
import { MarketControl } from '@/components/frame/market-control';
import { OracleList } from '@/components/frame/oracle-list';
import { useAppearance } from '@/components/frame/use-appearance';
import { useMarket } from '@/components/frame/use-market';
import { useOracles } from '@/components/frame/use-oracles';
import { useReadings } from '@/components/frame/use-readings';
import { Panel } from '@/components/ui/panel';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { Tag } from '@/components/ui/tag';
import { formatAge } from '@/lib/format/format-age';
import { formatFixed } from '@/lib/format/format-fixed';
import { DENSITIES, THEMES } from '@/lib/stores/appearance';

const capitalise = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const toOptions = <Value extends string>(values: readonly Value[]) =>
  values.map((value) => ({ value, label: capitalise(value) }));

function AppearancePanel() {
  const { appearance, change } = useAppearance();
  return (
    <Panel title="Appearance">
      <DetailList
        rows={[
          [
            'Theme',
            <SegmentedControl
              key="theme"
              label="Theme"
              value={appearance.theme}
              options={toOptions(THEMES)}
              onChange={(theme) => change({ theme })}
            />,
          ],
          [
            'Rows',
            <SegmentedControl
              key="density"
              label="Density of rows"
              value={appearance.density}
              options={toOptions(DENSITIES)}
              onChange={(density) => change({ density })}
            />,
          ],
          [
            'Motion',
            <span key="motion" className="text-faint">
              as your system asks
            </span>,
          ],
          [
            'Time',
            <span key="time" className="text-faint">
              your zone; UTC on hover
            </span>,
          ],
        ]}
      />
    </Panel>
  );
}

function ChainPanel() {
  const { config } = useLiveContext();
  const chain = useLive((state) => state.chain);
  const connection = useLive((state) => state.connection);
  const nowMs = useLive((state) => state.nowMs);
  const { tone, word, meaning } = describeChain(connection, chain);
  const contract = (address: string | undefined) => address && <span className="mono break-all">{address}</span>;
  return (
    <Panel title="Chain" actions={<Tag tone={tone}>{word}</Tag>}>
      <p className="mb-1 text-muted">{chain?.problem ?? meaning}</p>
      <DetailList
        rows={[
          ['Name', config.name],
          ['Chain id', config.chainId],
          ['Read through', 'this app, /api/rpc (read-only)'],
          ['Transport', chain?.transport === 'polling' ? 'polling (no WebSocket)' : chain && 'WebSocket'],
          ['Block', chain?.block && formatFixed(chain.block.number, 0, 0)],
          [
            'Seen',
            chain?.blockSeenAtMs === undefined ? undefined : `${formatAge((nowMs - chain.blockSeenAtMs) / 1000)} ago`,
          ],
          ['Genesis', contract(chain?.identity?.genesisHash)],
          ['Multicall3', contract(config.multicall3)],
          ['Aave addresses provider', contract(config.aave?.addressesProvider)],
          ['Morpho Blue', contract(config.morpho?.address)],
          ['Morpho markets', config.morpho?.marketIds.length],
        ]}
      />
    </Panel>
  );
}

/** How Ballast looks, and where its figures come from. */
export function SettingsScreen() {
  useReadings();
  const market = useMarket();
  const oracles = useOracles();
  return (
    <div className="mx-auto max-w-[1080px]">
      <h1 className="mb-4 font-semibold text-[18px] leading-6 tracking-tight">Settings</h1>
      <div className="grid items-start gap-3.5 lg:grid-cols-2">
        <div className="grid gap-3.5">
          <AppearancePanel />
          <Panel
            title="Market"
            detail={market?.source}
            actions={market && <Tag tone={describeMarket(market).tone}>{describeMarket(market).word}</Tag>}
          >
            {market ? (
              <MarketControl market={market} bare />
            ) : (
              <p className="text-muted">{MARKET_WORDS.none.meaning}</p>
            )}
          </Panel>
        </div>
        <ChainPanel />
        <Panel
          title="Oracles"
          detail="those that the positions read depend on"
          className="overflow-x-auto lg:col-span-2"
        >
          {oracles ? (
            oracles.lines.length > 0 ? (
              <OracleList oracles={oracles} />
            ) : (
              <p className="text-muted">No position is in view, so no oracle is needed.</p>
            )
          ) : (
            <p className="text-muted">The oracles cannot be seen now, or were not read yet.</p>
          )}
        </Panel>
      </div>
      <div id="channels" className="mt-3.5 grid scroll-mt-24 items-start gap-3.5 lg:grid-cols-2">
        <ChannelsPanel />
      </div>
    </div>
  );
}
