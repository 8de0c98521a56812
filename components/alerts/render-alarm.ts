import type { Severity } from '@/lib/triggers/trigger';

/** Two tones, a fourth apart, in the range in which ears and small loudspeakers are best. */
const LOW_HZ = 880;
const HIGH_HZ = 1_174.66;
const BEEP_SECONDS = 0.18;
const GAP_SECONDS = 0.06;
const FADE_SECONDS = 0.008;
/** A little of the tone three times as high: a pure one is hard to place, and easy to sleep through. */
const OVERTONE = 0.25;

/** Pairs of tones, each pair louder than the last, and the silence after them. */
const PATTERNS: Readonly<Record<Severity, { readonly loudness: readonly number[]; readonly restSeconds: number }>> = {
  info: { loudness: [0.35], restSeconds: 0.2 },
  warning: { loudness: [0.5, 0.75], restSeconds: 0.2 },
  critical: { loudness: [0.55, 0.7, 0.85, 1], restSeconds: 1.2 },
};

/** Loudness of one tone at a moment of it: faded in and out, so that it does not crack. */
const fade = (atSeconds: number): number =>
  Math.min(1, atSeconds / FADE_SECONDS, Math.max(0, BEEP_SECONDS - atSeconds) / FADE_SECONDS);

/**
 * One round of the alarm as samples between −1 and 1: low and high in turn, rising. Played in a loop it rings on. Pure.
 * `renderAlarm('info', 48000)` is 0.68 s: two tones of 0.18 s with a gap of 0.06 s each, and 0.2 s of silence.
 */
export function renderAlarm(severity: Severity, sampleRate: number): Float32Array<ArrayBuffer> {
  const { loudness, restSeconds } = PATTERNS[severity];
  const step = BEEP_SECONDS + GAP_SECONDS;
  const tones = loudness.flatMap((gain) => [
    { hz: LOW_HZ, gain },
    { hz: HIGH_HZ, gain },
  ]);
  const samples = new Float32Array(Math.round((tones.length * step + restSeconds) * sampleRate));
  tones.forEach(({ hz, gain }, index) => {
    const from = Math.round(index * step * sampleRate);
    for (let i = 0; i < BEEP_SECONDS * sampleRate; i += 1) {
      const at = i / sampleRate;
      const wave = Math.sin(2 * Math.PI * hz * at) + OVERTONE * Math.sin(6 * Math.PI * hz * at);
      samples[from + i] = (gain * fade(at) * wave) / (1 + OVERTONE);
    }
  });
  return samples;
}
