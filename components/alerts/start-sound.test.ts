import { beforeEach, describe, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { createAlertSettings } from '@/lib/stores/alert-settings';
import type { RingState } from '@/lib/stores/ring-client';
import type { Alarm } from './alarm';
import { startSound } from './start-sound';

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

/** One lock for all tabs, given in the order it was asked for. */
function createLocks() {
  const waiting: { hold: () => Promise<void>; signal: AbortSignal }[] = [];
  let isHeld = false;
  const grant = async (): Promise<void> => {
    const next = isHeld ? undefined : waiting.shift();
    if (!next) return;
    if (next.signal.aborted) return grant();
    isHeld = true;
    await next.hold();
    isHeld = false;
    await grant();
  };
  return {
    request(_name: string, { signal }: { signal: AbortSignal }, hold: () => Promise<void>) {
      waiting.push({ hold, signal });
      return grant();
    },
  };
}

function createAlarm(isAllowed = true) {
  let isUnlocked = false;
  const heard: string[] = [];
  let isLooping = false;
  let unlockCount = 0;
  const alarm: Alarm = {
    unlock: async () => {
      unlockCount += 1;
      isUnlocked = isAllowed;
      return isUnlocked;
    },
    isUnlocked: () => isUnlocked,
    playOnce: (severity, volume) => void heard.push(`${severity} at ${volume}`),
    startLoop: () => {
      isLooping = true;
    },
    stopLoop: () => {
      isLooping = false;
    },
    close: () => {
      isLooping = false;
    },
  };
  return { alarm, heard, isLooping: () => isLooping, unlockCount: () => unlockCount };
}

let locks: ReturnType<typeof createLocks> | undefined;
beforeEach(() => {
  locks = createLocks();
});

function openTab({ isAllowed = true } = {}) {
  const { alarm, heard, isLooping, unlockCount } = createAlarm(isAllowed);
  const ring = createStore<RingState>()(() => ({ ringing: [], sound: 'locked' }));
  const settings = createAlertSettings(() => ({ getItem: () => null, setItem: () => {} }));
  const target = new EventTarget();
  const sound = startSound({ alarm, ring, settings, locks, target });
  const touch = async () => {
    target.dispatchEvent(new Event('pointerdown'));
    await settle();
  };
  return { sound, ring, settings, touch, heard, isLooping, unlockCount, state: () => ring.getState().sound };
}

describe('a tab', () => {
  test('is locked until it is touched, and then rings on for what rings already', async () => {
    const tab = openTab();
    tab.ring.setState({ ringing: [1] });
    expect([tab.state(), tab.isLooping()]).toEqual(['locked', false]);
    await tab.touch();
    expect([tab.state(), tab.isLooping()]).toEqual(['ready', true]);
    tab.ring.setState({ ringing: [] });
    expect(tab.isLooping()).toBe(false);
  });

  test('plays what is not critical once, by its volume, and not over an alarm', async () => {
    const tab = openTab();
    tab.sound.playOnce('warning');
    await tab.touch();
    tab.settings.getState().change({ volume: 0.3 });
    tab.sound.playOnce('warning');
    tab.ring.setState({ ringing: [1] });
    tab.sound.playOnce('info');
    expect(tab.heard).toEqual(['warning at 0.3']);
  });

  test('whose browser refuses stays locked, and says so', async () => {
    const tab = openTab({ isAllowed: false });
    await tab.touch();
    tab.ring.setState({ ringing: [1] });
    expect([tab.state(), tab.isLooping()]).toEqual(['locked', false]);
  });

  test('with the sound turned off is silent at once, and rings again when it is turned on', async () => {
    const tab = openTab();
    await tab.touch();
    tab.ring.setState({ ringing: [1] });
    tab.settings.getState().change({ sound: false });
    expect([tab.state(), tab.isLooping()]).toEqual(['off', false]);
    await settle();
    tab.settings.getState().change({ sound: true });
    await settle();
    expect([tab.state(), tab.isLooping()]).toEqual(['ready', true]);
  });

  test('that is closed is silent, and feels no hand any more', async () => {
    const tab = openTab();
    await tab.touch();
    tab.ring.setState({ ringing: [1] });
    tab.sound.end();
    expect(tab.isLooping()).toBe(false);
    const untouched = openTab();
    untouched.sound.end();
    await untouched.touch();
    expect(untouched.unlockCount()).toBe(0);
  });
});

describe('of several tabs one rings', () => {
  test('the first that may be heard; when it goes the next rings on', async () => {
    const [first, second] = [openTab(), openTab()];
    await second.touch();
    await first.touch();
    for (const tab of [first, second]) tab.ring.setState({ ringing: [1] });
    expect([first.state(), second.state()]).toEqual(['elsewhere', 'ready']);
    expect([first.isLooping(), second.isLooping()]).toEqual([false, true]);
    second.sound.end();
    await settle();
    expect([first.state(), first.isLooping()]).toEqual(['ready', true]);
  });

  test('without locks each that may be heard: twice is better than not at all', async () => {
    locks = undefined;
    const [first, second] = [openTab(), openTab()];
    await first.touch();
    await second.touch();
    for (const tab of [first, second]) tab.ring.setState({ ringing: [1] });
    expect([first.isLooping(), second.isLooping()]).toEqual([true, true]);
  });
});
