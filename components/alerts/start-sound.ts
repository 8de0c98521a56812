import type { StoreApi } from 'zustand/vanilla';
import type { AlertSettings } from '@/lib/stores/alert-settings';
import type { KeptSetting } from '@/lib/stores/kept-setting';
import type { RingState } from '@/lib/stores/ring-client';
import type { Severity } from '@/lib/triggers/trigger';
import type { Alarm } from './alarm';

type Locks = { request(name: string, options: { signal: AbortSignal }, hold: () => Promise<void>): Promise<unknown> };

export interface SoundOptions {
  readonly alarm: Alarm;
  readonly ring: StoreApi<RingState>;
  readonly settings: StoreApi<KeptSetting<AlertSettings>>;
  /** `undefined` where the browser has none: then every tab that can be heard rings. */
  readonly locks: Locks | undefined;
  /** Where hands are felt. */
  readonly target: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
}

export interface Sound {
  readonly playOnce: (severity: Severity) => void;
  readonly end: () => void;
}

const LOCK = 'ballast-alarm';
const GESTURES = ['pointerdown', 'keydown'] as const;

/**
 * Lets one tab ring for all: of those that may be heard the first holds a lock, and when it goes the next goes on ringing. Any touch of the page
 * unlocks its sound. `ring.sound` says how this tab stands.
 */
export function startSound({ alarm, ring, settings, locks, target }: SoundOptions): Sound {
  let holding: AbortController | undefined;
  let isPlayer = false;

  const follow = () => {
    const { sound, volume } = settings.getState().value;
    const canPlay = sound && alarm.isUnlocked();
    if (canPlay) hold();
    else release();
    const state = !sound ? 'off' : !canPlay ? 'locked' : isPlayer ? 'ready' : 'elsewhere';
    if (ring.getState().sound !== state) ring.setState({ sound: state });
    if (isPlayer && ring.getState().ringing.length > 0) alarm.startLoop(volume);
    else alarm.stopLoop();
  };
  const hold = () => {
    if (holding) return;
    const current = new AbortController();
    holding = current;
    if (!locks) {
      isPlayer = true;
      return;
    }
    const { signal } = current;
    locks
      .request(LOCK, { signal }, () => {
        isPlayer = true;
        follow();
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      })
      // Ended while waiting in line.
      .catch(() => undefined);
  };
  const release = () => {
    holding?.abort();
    holding = undefined;
    isPlayer = false;
  };
  const unlock = () => {
    if (!settings.getState().value.sound || alarm.isUnlocked()) return;
    void alarm.unlock().then(follow);
  };

  for (const type of GESTURES) target.addEventListener(type, unlock, { capture: true, passive: true });
  const endings = [ring.subscribe(follow), settings.subscribe(follow)];
  follow();
  return {
    playOnce(severity) {
      if (isPlayer && ring.getState().ringing.length === 0) alarm.playOnce(severity, settings.getState().value.volume);
    },
    end() {
      for (const type of GESTURES) target.removeEventListener(type, unlock, { capture: true });
      for (const ending of endings) ending();
      release();
      alarm.close();
    },
  };
}
