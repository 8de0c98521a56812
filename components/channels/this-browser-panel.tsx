'use client';

import { useEffect, useId, useState } from 'react';
import { useStore } from 'zustand';
import { pageAlarm } from '@/components/alerts/alarm';
import { SoundLine } from '@/components/alerts/sound-line';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { alertSettings } from '@/lib/stores/alert-settings';
import { describeNotifications } from './describe-push';
import { PushSetting } from './push-setting';

const PERCENT = 100;
const SWITCH = [
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Off' },
] as const;

function NotificationSetting() {
  const [permission, setPermission] = useState<NotificationPermission>();
  const [isSecure, setIsSecure] = useState(true);
  useEffect(() => {
    setIsSecure(globalThis.isSecureContext);
    setPermission(typeof Notification === 'undefined' ? undefined : Notification.permission);
  }, []);
  return (
    <div className="grid gap-1">
      <p className="flex items-center justify-between gap-2">
        <span>Notifications of an open page</span>
        {permission === 'default' && (
          <Button kind="accent" onClick={() => void Notification.requestPermission().then(setPermission)}>
            Allow
          </Button>
        )}
      </p>
      <p className="text-muted">{describeNotifications(isSecure, permission)}</p>
    </div>
  );
}

function SoundSetting() {
  const { sound, volume } = useStore(alertSettings, ({ value }) => value);
  const { change } = alertSettings.getState();
  const id = useId();
  const test = async () => {
    if (await pageAlarm.unlock()) pageAlarm.playOnce('critical', volume);
  };
  return (
    <div className="grid gap-1.5">
      <p className="flex items-center justify-between gap-2">
        <span>Alarm</span>
        <SegmentedControl
          label="Alarm in this browser"
          value={sound ? 'on' : 'off'}
          options={SWITCH}
          onChange={(value) => change({ sound: value === 'on' })}
        />
      </p>
      <p className="flex items-center justify-between gap-3">
        <label htmlFor={id}>Volume</label>
        <input
          id={id}
          type="range"
          min={10}
          max={PERCENT}
          step={10}
          value={Math.round(volume * PERCENT)}
          aria-valuetext={`${Math.round(volume * PERCENT)} %`}
          onChange={({ target }) => change({ volume: Number(target.value) / PERCENT })}
          className="slider min-w-0 flex-1"
        />
        <Button onClick={() => void test()}>Test the alarm</Button>
      </p>
      <p className="text-muted">
        Critical alerts ring until somebody acknowledges them or stops the sound. Leave the device’s own volume up.
      </p>
      <SoundLine />
    </div>
  );
}

function NameSetting() {
  const name = useStore(alertSettings, ({ value }) => value.name);
  const [typed, setTyped] = useState<string>();
  const id = useId();
  return (
    <p className="flex items-center justify-between gap-3">
      <label htmlFor={id}>Your name in the log</label>
      <input
        id={id}
        value={typed ?? name}
        maxLength={100}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={() => {
          if (typed?.trim()) alertSettings.getState().change({ name: typed.trim() });
          setTyped(undefined);
        }}
        className="h-7 min-w-0 flex-1 rounded-md border border-edge bg-panel px-2 text-[13px]"
      />
    </p>
  );
}

/** How this browser itself warns: notifications, alarm, Web Push; and what its user is called. */
export function ThisBrowserPanel(push: Parameters<typeof PushSetting>[0]) {
  useEffect(() => alertSettings.getState().load(), []);
  return (
    <Panel title="This browser" detail="for channels of the kinds “Browser notification” and “Web Push”">
      <div className="grid gap-4 text-[13px]">
        <NotificationSetting />
        <SoundSetting />
        <PushSetting {...push} />
        <NameSetting />
      </div>
    </Panel>
  );
}
