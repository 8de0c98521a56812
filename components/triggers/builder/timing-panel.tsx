'use client';

import { Panel } from '@/components/ui/panel';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { formatLocalInput, parseLocalInput } from '@/lib/format/local-input';
import type { TriggerDraft } from '@/lib/triggers/form/trigger-draft';
import { SEVERITIES } from '@/lib/triggers/trigger';
import { CheckField, TextField } from './field';

interface PartProps {
  readonly draft: TriggerDraft;
  readonly set: (change: Partial<TriggerDraft>) => void;
}

const capitalise = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function QuietFields({ draft, set }: PartProps) {
  const { quiet, severity } = draft;
  const change = (part: Partial<TriggerDraft['quiet']>) => set({ quiet: { ...quiet, ...part } });
  return (
    <div className="grid gap-2">
      <CheckField label="Quiet hours" isOn={quiet.isOn} onChange={(isOn) => change({ isOn })} />
      {quiet.isOn && (
        <>
          <div className="grid gap-3 sm:grid-cols-3">
            <TextField
              label="From"
              of="quietHours.from"
              value={quiet.from}
              onChange={(from) => change({ from })}
              input={{ type: 'time' }}
            />
            <TextField
              label="To"
              of="quietHours.to"
              value={quiet.to}
              onChange={(to) => change({ to })}
              input={{ type: 'time' }}
            />
            <TextField
              label="Time zone"
              of="quietHours.timeZone"
              value={quiet.timeZone}
              onChange={(timeZone) => change({ timeZone })}
            />
          </div>
          <p className="text-faint text-xs">
            {severity === 'critical'
              ? 'A critical trigger is never silenced: these hours hold nothing back.'
              : 'Messages wait until the hours are over; they are not lost. A critical trigger would not wait.'}
          </p>
        </>
      )}
    </div>
  );
}

function ExpiryFields({ draft, set }: PartProps) {
  const { expiresAt } = draft;
  const atMs = Date.parse(expiresAt);
  return (
    <TextField
      label="Expires"
      of="expiresAt"
      value={Number.isNaN(atMs) ? '' : formatLocalInput(atMs)}
      hint="in your zone; empty: never"
      onChange={(text) => {
        const chosen = parseLocalInput(text);
        set({ expiresAt: chosen === undefined ? '' : new Date(chosen).toISOString() });
      }}
      input={{ type: 'datetime-local' }}
    />
  );
}

/** How loud, how soon and how often it fires, and until when. */
export function TimingPanel({ draft, set }: PartProps) {
  return (
    <Panel title="How soon, how loud, how often?">
      <div className="grid gap-3">
        <div>
          <SegmentedControl
            label="Severity"
            value={draft.severity}
            options={SEVERITIES.map((value) => ({ value, label: capitalise(value) }))}
            onChange={(severity) => set({ severity })}
          />
        </div>
        <div className="grid gap-3 sm:grid-cols-3">
          <TextField
            label="Holds for"
            of="dwell.seconds"
            value={draft.dwellFor}
            hint="such as 90 s; empty: at once"
            onChange={(dwellFor) => set({ dwellFor })}
          />
          <TextField
            label="Seen in so many ticks"
            of="dwell.ticks"
            value={draft.dwellTicks}
            hint="2 or more: no single bad price fires"
            onChange={(dwellTicks) => set({ dwellTicks })}
            input={{ inputMode: 'numeric' }}
          />
          <TextField
            label="Then quiet for"
            of="cooldownSeconds"
            value={draft.cooldown}
            hint="such as 1 h; what holds at its end fires"
            onChange={(cooldown) => set({ cooldown })}
          />
          <ExpiryFields {...{ draft, set }} />
        </div>
        <QuietFields {...{ draft, set }} />
      </div>
    </Panel>
  );
}
