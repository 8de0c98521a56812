import { policy } from '@/lib/config/policy';
import { FakeClock } from '@/lib/feeds/fake-clock';
import { TemporaryDeliveryError } from '../delivery-error';
import { type Dispatch, startDispatch } from '../dispatch';
import type { OutboxDelivery } from '../outbox';
import { FakeOutbox } from './fake-outbox';

const { pollEveryMs } = policy.delivery;

/** Lets everything that is ready run; no time passes. */
export const rest = async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

export interface Play {
  readonly clock: FakeClock;
  readonly outbox: FakeOutbox;
  readonly dispatch: Dispatch;
  readonly problems: unknown[];
  /** Ids in the order in which they were begun. */
  readonly begun: string[];
  /** Turns the clock in steps of one poll. */
  pass(ms: number): Promise<void>;
}

/** A dispatcher over a fake outbox; `send` plays the channels. No draw: each wait is half of the full one. */
export async function playDispatch(
  send: (delivery: OutboxDelivery) => Promise<void>,
  fill: (outbox: FakeOutbox) => void,
): Promise<Play> {
  const clock = new FakeClock();
  const outbox = new FakeOutbox(clock);
  const problems: unknown[] = [];
  const begun: string[] = [];
  fill(outbox);
  const dispatch = startDispatch({
    outbox,
    clock,
    random: () => 0,
    onProblem: (error) => problems.push(error),
    send: (delivery) => {
      begun.push(delivery.id);
      return send(delivery);
    },
  });
  await rest();
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += pollEveryMs) {
      clock.advance(Math.min(pollEveryMs, ms - passed));
      await rest();
    }
  };
  return { clock, outbox, dispatch, problems, begun, pass };
}

/** A channel that is not reached. */
export const refuse = async (): Promise<never> => {
  throw new TemporaryDeliveryError('NO_CONNECTION', 'No connection.');
};
