import { expect, test } from 'vitest';
import { SharedListener } from './shared-listener';

/** A source of which the test says what is heard, and the log of what was opened and ended. */
function setUp() {
  const log: string[] = [];
  const sources = new Map<string, (payload: string | undefined) => void>();
  const shared = new SharedListener((channel, onWake) => {
    log.push(`open ${channel}`);
    sources.set(channel, onWake);
    return () => log.push(`end ${channel}`);
  });
  const heard = new Map<string, (string | undefined)[]>();
  const listen = (name: string, channel = 'a') => {
    heard.set(name, []);
    return shared.listen(channel, (payload) => heard.get(name)?.push(payload));
  };
  const say = async (payload: string | undefined, channel = 'a') => {
    sources.get(channel)?.(payload);
    await Promise.resolve();
  };
  return { log, shared, heard: (name: string) => heard.get(name), listen, say };
}

test('many listen over one source of each channel, which ends with the last of them', async () => {
  const { log, heard, listen, say } = setUp();
  const ends = Array.from({ length: 64 }, (_, n) => listen(`of-a-${n}`));
  listen('of-b', 'b');
  await say(undefined);
  await say('1');
  expect(log).toEqual(['open a', 'open b']);
  for (let n = 0; n < 64; n++) expect(heard(`of-a-${n}`)).toEqual([undefined, '1']);
  expect(heard('of-b')).toEqual([]);
  for (const end of ends.slice(1)) end();
  await say('2');
  expect([heard('of-a-0'), heard('of-a-1')]).toEqual([
    [undefined, '1', '2'],
    [undefined, '1'],
  ]);
  expect(log).toEqual(['open a', 'open b']);
  ends[1]?.();
  ends[0]?.();
  ends[0]?.();
  expect(log).toEqual(['open a', 'open b', 'end a']);
  listen('again');
  expect(log).toEqual(['open a', 'open b', 'end a', 'open a']);
});

test('one that comes later hears at once that it may have missed something; not before the source is open, and not twice', async () => {
  const { heard, listen, say } = setUp();
  listen('first');
  listen('second');
  await Promise.resolve();
  expect([heard('first'), heard('second')]).toEqual([[], []]);
  await say(undefined);
  listen('later');
  expect(heard('later')).toEqual([]);
  await say('1');
  await say(undefined);
  expect([heard('second'), heard('later')]).toEqual([
    [undefined, '1', undefined],
    [undefined, '1', undefined],
  ]);
});

test('who has left, or is stopped, hears nothing, not even what was on its way', async () => {
  const { log, shared, heard, listen, say } = setUp();
  const leave = listen('leaves');
  listen('stays');
  const said = say('1');
  leave();
  await said;
  expect([heard('leaves'), heard('stays')]).toEqual([[], ['1']]);
  const last = say('2');
  shared.stop();
  await last;
  expect(heard('stays')).toEqual(['1']);
  expect(log).toEqual(['open a', 'end a']);
});
