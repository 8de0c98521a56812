import { describe, expect, test } from 'vitest';
import { createAlarm } from './alarm';

/** A browser's audio as far as the alarm needs it; refused until a hand was on the page. */
class FakeContext {
  state: 'suspended' | 'running' | 'closed' = 'suspended';
  readonly sampleRate = 8_000;
  readonly destination = {};
  readonly sources: { loop: boolean; gain: number; stopped: boolean; onended: () => void }[] = [];
  constructor(private readonly isAllowed: boolean) {}
  async resume() {
    if (this.isAllowed) this.state = 'running';
  }
  async suspend() {
    this.state = 'suspended';
  }
  async close() {
    this.state = 'closed';
  }
  createBuffer = () => ({ copyToChannel() {} });
  createGain = () => ({ gain: { value: 0 }, connect() {}, disconnect() {} });
  createBufferSource() {
    const source = {
      ...{ loop: false, gain: 0, stopped: false, onended: () => {} },
      connect: (node: { gain: { value: number } }) => {
        source.gain = node.gain.value;
        return node;
      },
      start() {},
      stop() {
        source.stopped = true;
        source.onended();
      },
    };
    this.sources.push(source);
    return source;
  }
}

function setUp(isAllowed = true) {
  const context = new FakeContext(isAllowed);
  return { context, alarm: createAlarm(() => context as unknown as AudioContext) };
}

describe('the alarm', () => {
  test('is silent until it was unlocked, and where the browser refuses', async () => {
    const { alarm, context } = setUp(false);
    alarm.playOnce('info', 1);
    expect(await alarm.unlock()).toBe(false);
    alarm.startLoop(1);
    expect([context.sources, alarm.isUnlocked()]).toEqual([[], false]);
  });

  test('rings in one loop at its volume until it is stopped, and keeps the loudspeaker awake no longer', async () => {
    const { alarm, context } = setUp();
    expect(await alarm.unlock()).toBe(true);
    expect(context.state).toBe('suspended');
    alarm.startLoop(0.4);
    alarm.startLoop(0.4);
    expect(context.sources).toMatchObject([{ loop: true, gain: 0.4, stopped: false }]);
    expect(context.state).toBe('running');
    alarm.stopLoop();
    alarm.stopLoop();
    expect(context.sources[0]?.stopped).toBe(true);
    expect(context.state).toBe('suspended');
    alarm.startLoop(0.4);
    expect(context.sources).toHaveLength(2);
  });

  test('one round that ends does not silence another', async () => {
    const { alarm, context } = setUp();
    await alarm.unlock();
    alarm.playOnce('info', 1);
    alarm.startLoop(1);
    context.sources[0]?.onended();
    expect(context.state).toBe('running');
  });

  test('a browser without audio stays silent', async () => {
    const alarm = createAlarm(() => {
      throw new Error('no audio');
    });
    expect(await alarm.unlock()).toBe(false);
  });

  test('closed, it is silent and lets go', async () => {
    const { alarm, context } = setUp();
    await alarm.unlock();
    alarm.startLoop(1);
    alarm.close();
    expect([context.sources[0]?.stopped, context.state, alarm.isUnlocked()]).toEqual([true, 'closed', false]);
  });
});
