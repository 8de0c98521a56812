'use client';

import { useStore } from 'zustand';
import { Button } from '@/components/ui/button';
import { alertSettings } from '@/lib/stores/alert-settings';
import { heardAlerts } from '@/lib/stores/heard-alerts';
import { ringStore, type SoundState, stopRinging } from '@/lib/stores/ring-client';

const WORDS: Readonly<Record<SoundState, string>> = {
  off: 'Sound is off in this browser.',
  locked: 'This tab cannot be heard yet: a browser asks for one click first.',
  elsewhere: 'Another tab rings for this browser.',
  ready: 'Sound is on.',
};

/** Stops what rings, in every tab of this browser. */
export function StopSoundButton() {
  const isRinging = useStore(ringStore, ({ ringing }) => ringing.length > 0);
  if (!isRinging) return null;
  return <Button onClick={() => stopRinging(heardAlerts, ringStore)}>Stop sound</Button>;
}

/** Turns the sound on. The click itself is what a browser waits for before a page may be heard. */
export function EnableSoundButton() {
  const sound = useStore(ringStore, (state) => state.sound);
  if (sound !== 'locked' && sound !== 'off') return null;
  return <Button onClick={() => alertSettings.getState().change({ sound: true })}>Enable sound</Button>;
}

/** Whether this tab can be heard, and the way to make it so. */
export function SoundLine() {
  const sound = useStore(ringStore, (state) => state.sound);
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 text-muted">
      <span>{WORDS[sound]}</span>
      <span className="flex gap-2">
        <StopSoundButton />
        <EnableSoundButton />
      </span>
    </div>
  );
}
