'use client';

import { SeverityTag } from './severity-tag';
import { StatusTags } from './status-tags';
import { TriggerMenu } from './trigger-menu';
import { LastFired, NowText, type TriggerItemProps } from './trigger-row';

/** A trigger on a phone: what is most urgent first. */
export function TriggerCard(props: TriggerItemProps) {
  const { trigger, isWatched, nowMs, channels, onOpen } = props;
  return (
    <li className="border-line border-b py-3" data-trigger={trigger.id}>
      <div className="flex items-start justify-between gap-2">
        <span className="flex flex-wrap gap-1.5">
          <StatusTags {...{ trigger, isWatched, nowMs }} />
          <SeverityTag severity={trigger.severity} />
        </span>
        <TriggerMenu {...props} />
      </div>
      <button type="button" data-row="" aria-haspopup="dialog" onClick={onOpen} className="mt-1 block w-full text-left">
        <span className="block break-words font-medium">{trigger.name}</span>
        <span className="block text-faint text-xs">{trigger.problem ?? trigger.sentence}</span>
      </button>
      <div className="mt-1.5 text-[13px]">
        <NowText trigger={trigger} />
      </div>
      <p className="mt-1 text-faint text-xs">
        last fired <LastFired {...{ trigger, nowMs }} /> · {channels}
      </p>
    </li>
  );
}
