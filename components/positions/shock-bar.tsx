'use client';

import { memo } from 'react';
import { listUnmoved } from '@/components/frame/describe-what-if';
import { useView } from '@/components/frame/use-view';
import { Icon } from '@/components/ui/icon';
import { Menu } from '@/components/ui/menu';
import { Popover } from '@/components/ui/popover';
import { Slider } from '@/components/ui/slider';
import type { BookFamily } from '@/lib/book/position-row';
import { formatChangeBps } from '@/lib/format/format-percent';
import { scenarios } from '@/lib/scenarios/registry';
import { isWhatIfActive, scenarioToWhatIf, type WhatIf } from '@/lib/scenarios/what-if';

/** What a slider offers; a link or a preset may lie outside and then stands at the end. */
const LOWEST_BPS = -9000;
const HIGHEST_BPS = 9000;
const STEP_BPS = 100;
const SHOWN_BPS = 10;
const INLINE_COUNT = 2;
/** These keep their place in the bar; where they are not held, what is held most of takes it. */
const USUAL = ['eth', 'btc'];

function chooseInline(families: readonly BookFamily[]): readonly BookFamily[] {
  const usual = families
    .filter(({ key }) => USUAL.includes(key))
    .sort((a, b) => USUAL.indexOf(a.key) - USUAL.indexOf(b.key));
  return [...usual, ...families.filter(({ key }) => !USUAL.includes(key))].slice(0, INLINE_COUNT);
}

const QUIET = 'inline-flex h-6 items-center gap-1 rounded px-1 text-muted hover:text-text whitespace-nowrap';

const describeMoves = ({ label, symbols }: BookFamily): string =>
  symbols.length > 1 ? `${label} family: moves ${symbols.join(', ')} together` : `Moves ${symbols.join(', ')}`;

function ShockSlider({
  label,
  moves,
  valueBps,
  onChange,
  wide = false,
}: {
  readonly label: string;
  /** Which prices it moves, in words. */
  readonly moves: string;
  readonly valueBps: number;
  readonly onChange: (bps: number) => void;
  readonly wide?: boolean;
}) {
  const text = formatChangeBps(valueBps);
  // A preset may be finer than a slider: to a tenth here, exactly in the band above.
  const shortText = formatChangeBps(Math.round(valueBps / SHOWN_BPS) * SHOWN_BPS);
  return (
    <span className="flex min-w-0 items-center gap-1.5 max-md:flex-1">
      <span className={wide ? 'w-14 truncate' : undefined} title={moves}>
        {label}
      </span>
      <Slider
        label={`What if ${label} changes`}
        className={wide ? 'min-w-24 flex-1' : 'w-14 max-md:min-w-12 max-md:flex-1'}
        min={LOWEST_BPS}
        max={HIGHEST_BPS}
        step={STEP_BPS}
        value={Math.min(HIGHEST_BPS, Math.max(LOWEST_BPS, valueBps))}
        valueText={text}
        resetTo={0}
        onChange={onChange}
      />
      <span title={text} className={`num w-12 ${valueBps === 0 ? '' : 'font-medium text-text'}`}>
        {shortText}
      </span>
    </span>
  );
}

/** Puts a shock on today's prices: a slider per asset and one for all, presets, reset. Everything on the page follows. */
export const ShockBar = memo(function ShockBar({ families }: { readonly families: readonly BookFamily[] }) {
  const [{ shock }, setView] = useView();
  const change = (next: WhatIf) => void setView({ shock: isWhatIfActive(next) ? next : null });
  const setFamily = (key: string) => (bps: number) => change({ ...shock, byFamily: { ...shock.byFamily, [key]: bps } });
  const setAll = (allBps: number) => change({ ...shock, allBps });
  const active = isWhatIfActive(shock);
  const unmoved = families.length > 0 ? listUnmoved(shock, new Set(families.map(({ key }) => key))) : [];

  const presets = scenarios.map((scenario) => ({
    key: scenario.id,
    label: scenario.name,
    detail: scenario.summary,
    onSelect: () => change(scenarioToWhatIf(scenario, families)),
  }));

  return (
    <section
      aria-label="What if"
      className="flex min-w-0 items-center gap-2 rounded-lg bg-sunken py-0.5 pr-1 pl-2.5 text-muted text-xs max-md:w-full"
    >
      <span className="whitespace-nowrap max-sm:sr-only">What if</span>
      <span className="flex items-center gap-2 max-xl:hidden">
        {chooseInline(families).map((family) => (
          <ShockSlider
            key={family.key}
            label={family.label}
            moves={describeMoves(family)}
            valueBps={shock.byFamily[family.key] ?? 0}
            onChange={setFamily(family.key)}
          />
        ))}
      </span>
      <ShockSlider
        label="All"
        moves="Moves everything but dollar stablecoins"
        valueBps={shock.allBps}
        onChange={setAll}
      />
      <Popover
        label="A shock for each asset"
        className={QUIET}
        trigger={
          <>
            Assets <Icon name="down" size={10} />
          </>
        }
      >
        {() => (
          <div className="grid w-72 gap-0.5 text-muted text-xs">
            {families.map((family) => (
              <ShockSlider
                key={family.key}
                wide
                label={family.label}
                moves={describeMoves(family)}
                valueBps={shock.byFamily[family.key] ?? 0}
                onChange={setFamily(family.key)}
              />
            ))}
            <p className="mt-1 text-faint">“All” moves everything but dollar stablecoins, on top of these.</p>
          </div>
        )}
      </Popover>
      <Menu
        label="Presets"
        items={presets}
        className={QUIET}
        trigger={
          <>
            Presets <Icon name="down" size={10} />
          </>
        }
      />
      {unmoved.length > 0 && (
        <span className="max-w-56 truncate text-warning">nothing here moves with {unmoved.join(', ')}</span>
      )}
      <button
        type="button"
        disabled={!active}
        onClick={() => void setView({ shock: null })}
        className={`${QUIET} disabled:text-faint`}
      >
        Reset <kbd className="kbd max-sm:hidden">0</kbd>
      </button>
    </section>
  );
});
