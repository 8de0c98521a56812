'use client';

import { StandingText } from '@/components/triggers/standing-text';
import { Panel } from '@/components/ui/panel';
import { Tag } from '@/components/ui/tag';
import { formatNumber } from '@/lib/format/format-number';
import type { SubjectStanding } from '@/lib/watch/list-standings';

const SHOWN = 4;
const MET = {
  true: { tone: 'danger', word: 'holds now' },
  false: { tone: 'safe', word: 'not yet' },
  unknown: { tone: 'unknown', word: 'not known' },
} as const;

/** Where the trigger would stand at this moment, on the nearest of what it watches. */
export function StandingsPanel(props: {
  /** `undefined` while the trigger is not whole. */
  readonly standings: readonly SubjectStanding[] | undefined;
  readonly isOfChain: boolean;
}) {
  const { standings, isOfChain } = props;
  return (
    <Panel title="Where does it stand now?" detail={standings && 'at the newest block read here'}>
      {standings === undefined ? (
        <p className="text-[13px] text-muted">
          {isOfChain
            ? 'It is shown as soon as every field is filled in.'
            : 'The figures of a book are worked out on the server, once it is saved.'}
        </p>
      ) : (
        <ul className="text-[13px]">
          {standings.slice(0, SHOWN).map(({ id, name, met, conditions }) => (
            <li key={id} className="border-line border-b py-1.5 last:border-0">
              <span className="flex items-baseline justify-between gap-2">
                <span className="min-w-0 break-words text-muted">{name}</span>
                <Tag tone={MET[met].tone}>{MET[met].word}</Tag>
              </span>
              {conditions.map((standing, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no other name.
                <span key={index} className="block">
                  <StandingText standing={standing} withTitle={conditions.length > 1} />
                  {standing.reason && <span className="block text-faint text-xs">{standing.reason}</span>}
                </span>
              ))}
            </li>
          ))}
          {standings.length > SHOWN && (
            <li className="pt-1.5 text-faint text-xs">and {formatNumber(standings.length - SHOWN, 0)} more</li>
          )}
        </ul>
      )}
    </Panel>
  );
}
