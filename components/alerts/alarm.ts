import type { Severity } from '@/lib/triggers/trigger';
import { renderAlarm } from './render-alarm';

/** The sound of one tab. A browser lets a page be heard only after a hand was on it: until `unlock` succeeded everything else is silent. */
export interface Alarm {
  /** To be called while a hand acts on the page. Whether it can be heard now. */
  unlock(): Promise<boolean>;
  /** Whether it may ring without another hand. */
  isUnlocked(): boolean;
  playOnce(severity: Severity, volume: number): void;
  /** Rings until it is stopped, also while the page is in the background. */
  startLoop(volume: number): void;
  stopLoop(): void;
  close(): void;
}

/** Makes the alarm over the browser's own audio, which is switched on only while it rings. */
export function createAlarm(createContext: () => AudioContext = () => new AudioContext()): Alarm {
  let context: AudioContext | undefined;
  let isUnlocked = false;
  let loop: AudioBufferSourceNode | undefined;
  let playing = 0;

  const play = (severity: Severity, volume: number, isLoop: boolean): AudioBufferSourceNode | undefined => {
    if (!context || !isUnlocked) return undefined;
    void context.resume();
    const samples = renderAlarm(severity, context.sampleRate);
    const buffer = context.createBuffer(1, samples.length, context.sampleRate);
    buffer.copyToChannel(samples, 0);
    const source = context.createBufferSource();
    const gain = context.createGain();
    gain.gain.value = volume;
    source.buffer = buffer;
    source.loop = isLoop;
    source.connect(gain).connect(context.destination);
    playing += 1;
    source.onended = () => {
      gain.disconnect();
      playing -= 1;
      // A context that runs keeps the loudspeaker awake.
      if (playing === 0) void context?.suspend();
    };
    source.start();
    return source;
  };

  return {
    async unlock() {
      try {
        context ??= createContext();
        await context.resume();
        isUnlocked = context.state === 'running';
        if (playing === 0) await context.suspend();
      } catch {
        isUnlocked = false;
      }
      return isUnlocked;
    },
    isUnlocked: () => isUnlocked,
    playOnce: (severity, volume) => void play(severity, volume, false),
    startLoop(volume) {
      loop ??= play('critical', volume, true);
    },
    stopLoop() {
      loop?.stop();
      loop = undefined;
    },
    close() {
      loop?.stop();
      loop = undefined;
      void context?.close();
      context = undefined;
      isUnlocked = false;
    },
  };
}

/** The alarm of this page. */
export const pageAlarm = createAlarm();
