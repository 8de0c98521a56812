'use client';

import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { formatFamily } from '@/lib/domain/asset-family';
import { formatNumber } from '@/lib/format/format-number';
import type { FallChoice } from '@/lib/workers/desk/desk-protocol';
import { DIMENSION_LABELS, DROP_LABELS, describeFall, HEALTH_LABELS } from './labels';
import { NOTHING_CHOSEN, type RiskView, type SetRiskView } from './use-risk-view';

type ChosenKey = keyof typeof NOTHING_CHOSEN;

/** Everything that is chosen, in words. */
function listChosen(
  view: RiskView,
  choices: readonly FallChoice[],
  venueName: (venue: string) => string,
): readonly { readonly key: ChosenKey; readonly text: string }[] {
  const named = (text: string): string => text || 'not named';
  const { fall } = view;
  const label = choices.find(({ key }) => key === fall?.falling)?.label ?? fall?.falling ?? '';
  const texts: Readonly<Record<ChosenKey, string | undefined>> = {
    asset: view.asset === null ? undefined : `Asset: ${view.asset}`,
    family: view.family === null ? undefined : `Asset: ${formatFamily(view.family)} and what stands for it`,
    venue: view.venue === null ? undefined : `Venue: ${venueName(view.venue)}`,
    owner: view.owner === null ? undefined : `${DIMENSION_LABELS.owner}: ${named(view.owner)}`,
    counterparty:
      view.counterparty === null ? undefined : `${DIMENSION_LABELS.counterparty}: ${named(view.counterparty)}`,
    health: view.health === null ? undefined : `Health factor: ${HEALTH_LABELS[view.health]}`,
    drop: view.drop === null ? undefined : `All fall by: ${DROP_LABELS[view.drop]}`,
    fall: fall === null ? undefined : `Liquidatable: ${describeFall(fall, label)}`,
    find: view.find === '' ? undefined : `Words: ${view.find}`,
  };
  return (Object.keys(texts) as ChosenKey[]).flatMap((key) => {
    const text = texts[key];
    return text === undefined ? [] : [{ key, text }];
  });
}

/** What is chosen, each part of it with its own way out, and how many positions that leaves. */
export function FilterChips(props: {
  readonly view: RiskView;
  readonly setView: SetRiskView;
  readonly choices: readonly FallChoice[];
  readonly venueName: (venue: string) => string;
  readonly count: number;
  readonly total: number;
}) {
  const { view, setView, choices, venueName, count, total } = props;
  const chosen = listChosen(view, choices, venueName);
  return (
    <div className="my-2.5 flex min-h-7 flex-wrap items-center gap-2 text-[13px]">
      <p className="text-muted tabular-nums" aria-live="polite">
        <b className="font-semibold text-text">{formatNumber(count, 0)}</b>
        {chosen.length > 0 && ` of ${formatNumber(total, 0)}`} {total === 1 ? 'position' : 'positions'}
        {chosen.length === 0 && '. A bar, a bin or a mark of the curve filters everything.'}
      </p>
      <ul className="contents" aria-label="Chosen">
        {chosen.map(({ key, text }) => (
          <li key={key}>
            <button
              type="button"
              aria-label={`Remove ${text}`}
              onClick={() => void setView({ [key]: null })}
              className="inline-flex h-7 items-center gap-1.5 rounded-full border border-accent bg-accent-weak px-2.5 text-accent"
            >
              {text}
              <Icon name="close" size={12} />
            </button>
          </li>
        ))}
      </ul>
      {chosen.length > 0 && (
        <Button kind="quiet" onClick={() => void setView(NOTHING_CHOSEN)}>
          Clear
        </Button>
      )}
    </div>
  );
}
