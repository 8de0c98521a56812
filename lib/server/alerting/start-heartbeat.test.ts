import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { policy } from '@/lib/config/policy';
import { FakeClock } from '@/lib/feeds/fake-clock';
import { startHeartbeat } from './start-heartbeat';

const { heartbeatEveryMs } = policy.alerts;
let server: Server | undefined;
let stop = () => {};
afterEach(() => {
  stop();
  server?.close();
});

/** A monitor that counts what it hears and answers as it is told. */
async function startMonitor() {
  const monitor = { heard: 0, status: 200, onHeard: () => {} };
  server = createServer((request, response) => {
    request.resume();
    monitor.heard += 1;
    response.writeHead(monitor.status).end();
    monitor.onHeard();
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/beat`;
  const next = () => new Promise<void>((resolve) => Object.assign(monitor, { onHeard: resolve }));
  return { monitor, url, next };
}

test('a monitor hears as long as triggers are watched, and nothing while they are not', async () => {
  const { monitor, url, next } = await startMonitor();
  const clock = new FakeClock();
  let armed = true;
  const problems: (string | undefined)[] = [];
  let told = () => {};
  const onProblem = (text: string | undefined) => {
    problems.push(text);
    told();
  };
  const nextTold = () =>
    new Promise<void>((resolve) => {
      told = resolve;
    });
  let heard = next();
  let answered = nextTold();
  stop = startHeartbeat({ url, clock, isArmed: () => armed, onProblem });
  await Promise.all([heard, answered]);
  armed = false;
  clock.advance(3 * heartbeatEveryMs);
  armed = true;
  [heard, answered] = [next(), nextTold()];
  monitor.status = 500;
  clock.advance(heartbeatEveryMs);
  await Promise.all([heard, answered]);
  expect(monitor.heard).toBe(2);
  expect(problems).toEqual([undefined, expect.stringContaining('500')]);
});
