'use client';

import { buttonClass } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Popover } from '@/components/ui/popover';
import { ToneMark } from '@/components/ui/tag';
import { formatNumber } from '@/lib/format/format-number';
import type { AlertState } from '@/lib/stores/alert-store';
import { BellPanel } from './bell-panel';
import { useAlerts } from './use-alerts';
import { useWatchWords } from './use-watch-words';

const MOST_COUNTED = 99;
const countOf = ({ unacknowledged }: AlertState): number => unacknowledged;

/** Open alerts counted, and in words and shape where nobody would be warned. */
export function AlertBell() {
  const unacknowledged = useAlerts(countOf);
  const { tone, word, isBlind } = useWatchWords();
  const count = unacknowledged > MOST_COUNTED ? `${MOST_COUNTED}+` : String(unacknowledged);
  return (
    // The key `b` finds it by this mark.
    <span data-alert-bell="">
      <Popover
        className={`${buttonClass()} max-sm:!px-2`}
        label={`Alerts: ${unacknowledged === 0 ? 'none open' : `${formatNumber(unacknowledged, 0)} open`}, ${word.toLowerCase()}`}
        trigger={
          <>
            <Icon name={isBlind ? 'bell-off' : 'bell'} />
            {unacknowledged > 0 && (
              <span className="rounded bg-liquidatable-bg px-1.5 font-semibold text-liquidatable text-xs tabular-nums">
                {count}
              </span>
            )}
            {isBlind && (
              <>
                <ToneMark tone={tone} />
                <span className="text-muted max-xl:sr-only">{word}</span>
              </>
            )}
          </>
        }
      >
        {(close) => <BellPanel onClose={close} />}
      </Popover>
    </span>
  );
}
