'use client';

import { Command } from 'cmdk';
import { useRouter, useSearchParams } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { Dialog } from '@/components/ui/dialog';
import { parseAddress } from '@/lib/domain/asset';
import { computeAssetFamily } from '@/lib/domain/asset-family';
import { InvalidInputError } from '@/lib/domain/errors';
import { formatAddress } from '@/lib/format/format-address';
import { scenarios } from '@/lib/scenarios/registry';
import { scenarioToWhatIf } from '@/lib/scenarios/what-if';
import { DENSITIES, THEMES } from '@/lib/stores/appearance';
import { watchStore } from '@/lib/stores/watch-store';
import { rulesOf } from '@/lib/venues/registry';
import { useLatestReading, useLiveContext } from './live-context';
import { SCREENS } from './screens';
import { useAppearance } from './use-appearance';
import { useShowAccounts } from './use-show-accounts';
import { useView } from './use-view';

/** The address in what was typed, or why what looks like one is none. */
function readAddress(text: string): { readonly address?: string; readonly problem?: string } {
  try {
    return { address: parseAddress(text) };
  } catch (cause) {
    return cause instanceof InvalidInputError && cause.code === 'ADDRESS_CHECKSUM'
      ? { problem: `${cause.message} ${cause.detail.nextStep}` }
      : {};
  }
}

function Item({
  value,
  onSelect,
  children,
  detail,
}: {
  readonly value: string;
  readonly onSelect: () => void;
  readonly children: ReactNode;
  readonly detail?: string | undefined;
}) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex cursor-pointer items-center justify-between gap-4 rounded-md px-2.5 py-1.5 data-[selected=true]:bg-accent-weak"
    >
      <span className="whitespace-nowrap">{children}</span>
      {detail && <span className="truncate text-muted text-xs">{detail}</span>}
    </Command.Item>
  );
}

const GROUP =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-[11px] [&_[cmdk-group-heading]]:text-faint';

/** Each word typed must stand in the name as it is typed; letters strewn over a name are no match. A name that begins with it comes first. */
function scoreMatch(name: string, typed: string): number {
  const text = name.toLowerCase();
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.every((word) => text.includes(word))) return 0;
  return words.every((word) => ` ${text}`.includes(` ${word}`)) ? 1 : 0.5;
}

/** Everything by its name: screens, accounts, positions, shocks, looks. */
export function Palette({
  onClose,
  onWatch,
}: {
  readonly onClose: () => void;
  readonly onWatch: (address: string) => void;
}) {
  const [text, setText] = useState('');
  const router = useRouter();
  const search = useSearchParams().toString();
  const { demoAccounts } = useLiveContext();
  const reading = useLatestReading();
  const entries = useStore(watchStore, (state) => state.entries);
  const showAccounts = useShowAccounts();
  const { change } = useAppearance();
  const [, setView] = useView();

  const { address, problem } = readAddress(text);
  const positions = reading?.result.owners.flatMap((owner) => owner.positions) ?? [];
  const families = positions
    .flatMap((position) => rulesOf(position).listLegs(position))
    .map((leg) => computeAssetFamily(leg.asset));
  const run = (action: () => void) => () => {
    onClose();
    action();
  };
  const withSearch = (path: string) => (search ? `${path}?${search}` : path);
  const labelOf = (owner: string) =>
    demoAccounts.find((account) => account.address === owner)?.label ??
    entries.find((entry) => entry.address === owner)?.label ??
    formatAddress(owner);

  return (
    <Dialog title="Search and commands" titleHidden onClose={onClose}>
      <Command label="Search and commands" loop filter={scoreMatch}>
        <Command.Input
          data-autofocus=""
          value={text}
          onValueChange={setText}
          placeholder="Go to, watch an address, apply a shock…"
          className="w-full border-line border-b bg-transparent px-4 py-3 outline-none placeholder:text-faint"
        />
        <Command.List className="max-h-[50vh] overflow-auto p-1.5 text-[13px]">
          <Command.Empty className="px-2.5 py-6 text-center text-muted">
            {problem ?? 'Nothing goes by that name. A whole address can be watched.'}
          </Command.Empty>
          {address && (
            <Command.Group heading="Address" className={GROUP}>
              <Item value={`${text} show`} onSelect={run(() => showAccounts('watched', [parseAddress(address)]))}>
                Show {formatAddress(address)}
              </Item>
              <Item value={`${text} watch`} onSelect={() => onWatch(address)}>
                Watch {formatAddress(address)}…
              </Item>
            </Command.Group>
          )}
          <Command.Group heading="Go to" className={GROUP}>
            {SCREENS.map(({ path, name }) => (
              <Item key={path} value={`go ${name}`} onSelect={run(() => router.push(withSearch(path)))}>
                {name}
              </Item>
            ))}
            <Item value="new trigger alert warn" onSelect={run(() => router.push(withSearch('/triggers/new')))}>
              New trigger
            </Item>
            <Item value="watch an address add" onSelect={() => onWatch('')}>
              Watch an address…
            </Item>
            {demoAccounts.length > 0 && (
              <Item value="show demo accounts" onSelect={run(() => showAccounts('demo'))}>
                Demo accounts
              </Item>
            )}
            {entries.length > 0 && (
              <Item
                value="show watched"
                onSelect={run(() =>
                  showAccounts(
                    'watched',
                    entries.map((entry) => entry.address),
                  ),
                )}
              >
                Watched addresses
              </Item>
            )}
          </Command.Group>
          <Command.Group heading="What if" className={GROUP}>
            {scenarios.map((scenario) => (
              <Item
                key={scenario.id}
                value={`shock what if ${scenario.name} ${scenario.id}`}
                detail={scenario.summary}
                onSelect={run(() => void setView({ shock: scenarioToWhatIf(scenario, families) }))}
              >
                {scenario.name}
              </Item>
            ))}
            <Item value="reset what if shock" onSelect={run(() => void setView({ shock: null }))}>
              Reset what-if
            </Item>
          </Command.Group>
          {positions.length > 0 && (
            <Command.Group heading="Positions" className={GROUP}>
              {positions.map((position) => (
                <Item
                  key={position.id}
                  value={`position ${labelOf(position.owner)} ${rulesOf(position).name} ${position.id}`}
                  detail={`${rulesOf(position).name} · ${rulesOf(position).formatMarket(position)}`}
                  onSelect={run(() => router.push(withSearch(`/positions/${position.id}`)))}
                >
                  {labelOf(position.owner)}
                </Item>
              ))}
            </Command.Group>
          )}
          <Command.Group heading="Looks" className={GROUP}>
            {THEMES.map((theme) => (
              <Item key={theme} value={`theme: ${theme}`} onSelect={run(() => change({ theme }))}>
                Theme: {theme}
              </Item>
            ))}
            {DENSITIES.map((density) => (
              <Item key={density} value={`rows: ${density} density`} onSelect={run(() => change({ density }))}>
                Rows: {density}
              </Item>
            ))}
          </Command.Group>
        </Command.List>
      </Command>
    </Dialog>
  );
}
