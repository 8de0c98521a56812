import { expect, test } from 'vitest';
import { listChannels } from './channels';
import {
  type Claim,
  type ClaimedDelivery,
  claimDeliveries,
  listDeliveries,
  readNextDue,
  reviveDelivery,
  settleDelivery,
} from './deliveries';
import { acknowledge } from './firings';
import { recordFirings } from './record-firings';
import { createTrigger, toBatch, toTransition } from './testing/firing-examples';
import { describeOnBoth, useStorage } from './testing/storage-targets';

const LEASE_MS = 1_000;
const delivered = { kind: 'delivered', detail: '200' } as const;

describeOnBoth('deliveries', (createDatabase) => {
  const target = useStorage(createDatabase);
  const claim = (given: Partial<Claim>) =>
    claimDeliveries(target.db, { owner: 'a', limit: 100, nowMs: 0, leaseMs: LEASE_MS, ...given });

  /** Each test stands at a time of its own, after all that earlier ones left: everything else is out of the way by then. */
  let nowMs = 0;
  async function enqueue(name: string, steps: readonly (readonly [step: number, afterMs: number])[]): Promise<number> {
    nowMs += 1_000_000;
    const left = await claim({ owner: 'sweep', nowMs, limit: 10_000 });
    await target.db.transaction().execute(async (transaction) => {
      for (const each of left) await settleDelivery(transaction, each, { kind: 'dead', detail: 'swept' }, nowMs);
    });
    const ids = await createTrigger(target.db, name);
    const deliveries = steps.map(([step, afterMs]) => ({
      channelId: ids.channelId,
      step,
      notBeforeMs: nowMs + afterMs,
      body: { step },
    }));
    const [recorded] = await recordFirings(target.db, toBatch(toTransition(ids, { deliveries })));
    return recorded?.id ?? 0;
  }
  const only = (claimed: readonly ClaimedDelivery[]): ClaimedDelivery => {
    expect(claimed).toHaveLength(1);
    return claimed[0] as ClaimedDelivery;
  };

  test('a message is taken when it is due, once, and not again after it was delivered', async () => {
    const { db } = target;
    const firingId = await enqueue('due', [[0, 500]]);
    expect(await claim({ nowMs: nowMs + 499 })).toEqual([]);
    expect(await readNextDue(db)).toBe(nowMs + 500);
    const due = nowMs + 500;
    expect(await claim({ nowMs: due, exceptChannels: ['other', 'channel-due'] })).toEqual([]);
    const taken = only(await claim({ nowMs: due, exceptChannels: ['other'] }));
    expect(taken).toEqual({
      id: expect.any(Number),
      key: 'trigger-due/s/1/channel-due/0',
      firingId,
      channelId: 'channel-due',
      step: 0,
      body: { step: 0 },
      attempt: 1,
      failures: 0,
      owner: 'a',
    });
    expect(await claim({ owner: 'b', nowMs: nowMs + 501 })).toEqual([]);
    expect(await settleDelivery(db, taken, delivered, nowMs + 600)).toBe(true);
    expect(await claim({ nowMs: nowMs + 900_000 })).toEqual([]);
    expect(await readNextDue(db)).toBeUndefined();
  });

  test('claimed by several owners at once, no message is taken twice and none is left', async () => {
    const { db } = target;
    await enqueue('many-before', []);
    const ids = await createTrigger(db, 'many');
    const transitions = Array.from({ length: 200 }, (_, n) => toTransition(ids, { subject: `s${n}` }));
    await recordFirings(db, toBatch(...transitions));
    const owners = ['a', 'b', 'c', 'd'];
    const taken = new Map<number, string>();
    let last = -1;
    while (last !== taken.size) {
      last = taken.size;
      const rounds = await Promise.all(owners.map((owner) => claim({ owner, nowMs, limit: 20 })));
      for (const message of rounds.flat()) {
        expect(taken.get(message.id), `message ${message.id}`).toBeUndefined();
        taken.set(message.id, message.owner);
      }
    }
    expect(taken.size).toBe(200);
    expect(new Set(taken.values())).toEqual(new Set(owners));
  });

  test('what its owner never settled is taken over when the lease has run out, and the late owner decides nothing', async () => {
    const { db } = target;
    await enqueue('lease', [[0, 0]]);
    const late = only(await claim({ nowMs }));
    expect(await readNextDue(db)).toBe(nowMs + LEASE_MS);
    expect(await claim({ owner: 'b', nowMs: nowMs + LEASE_MS - 1 })).toEqual([]);
    const second = only(await claim({ owner: 'b', nowMs: nowMs + LEASE_MS }));
    expect([second.id, second.key, second.attempt, second.failures]).toEqual([late.id, late.key, 2, 0]);
    expect(await settleDelivery(db, late, { kind: 'dead', detail: 'refused' }, nowMs)).toBe(false);
    expect(await settleDelivery(db, late, { kind: 'retry', detail: 'refused', notBeforeMs: 0 }, nowMs)).toBe(false);
    // What arrived has arrived, whoever brought it.
    expect(await settleDelivery(db, late, delivered, nowMs)).toBe(true);
    expect(await settleDelivery(db, second, delivered, nowMs)).toBe(false);
    expect(await claim({ nowMs: nowMs + 900_000 })).toEqual([]);
  });

  test('a failed attempt waits for its time; given up, it is a dead letter that can be sent again under the same key', async () => {
    const { db } = target;
    await enqueue('retry', [[0, 0]]);
    const first = only(await claim({ nowMs }));
    const retry = { kind: 'retry', detail: '503', notBeforeMs: nowMs + 300 } as const;
    expect(await settleDelivery(db, first, retry, nowMs + 10)).toBe(true);
    expect(await claim({ nowMs: nowMs + 299 })).toEqual([]);
    const second = only(await claim({ nowMs: nowMs + 300 }));
    expect([second.attempt, second.failures]).toEqual([2, 1]);
    expect(await settleDelivery(db, second, { kind: 'dead', detail: '410 gone' }, nowMs + 400)).toBe(true);
    expect(await claim({ nowMs: nowMs + 900_000 })).toEqual([]);
    const [letter] = await listDeliveries(db, { state: 'dead', limit: 1 });
    expect(letter).toMatchObject({ key: first.key, attempts: 2, settledAtMs: nowMs + 400, lastDetail: '410 gone' });
    expect(await listDeliveries(db, { state: 'dead', limit: 500, beforeId: first.id + 1 })).toContainEqual(letter);
    expect(await listDeliveries(db, { state: 'dead', limit: 500, beforeId: first.id })).not.toContainEqual(letter);
    expect(await reviveDelivery(db, first.id, nowMs + 500)).toBe(true);
    expect(await reviveDelivery(db, first.id, nowMs + 500)).toBe(false);
    expect(only(await claim({ nowMs: nowMs + 500 }))).toMatchObject({ key: first.key, attempt: 3, failures: 0 });
  });

  test('an acknowledgement calls the escalations off, one on its way too, and nothing else', async () => {
    const { db } = target;
    const firingId = await enqueue('escalation', [
      [0, 0],
      [1, 100],
      [2, 200],
    ]);
    const claimed = await claim({ nowMs: nowMs + 100 });
    expect(claimed.map(({ step }) => step)).toEqual([0, 1]);
    const [now, onItsWay] = claimed;
    if (!now || !onItsWay) throw new Error('There are two.');
    await acknowledge(db, firingId, { by: 'Ann', note: null, atMs: nowMs + 150 });
    const retry = { kind: 'retry', detail: '503', notBeforeMs: nowMs + 160 } as const;
    expect(await settleDelivery(db, onItsWay, retry, nowMs + 155)).toBe(false);
    expect(await settleDelivery(db, now, retry, nowMs + 155)).toBe(true);
    expect((await claim({ nowMs: nowMs + 900_000 })).map(({ step }) => step)).toEqual([0]);
  });

  test('a channel shows the last success and the last failure, tests among them', async () => {
    const { db } = target;
    await enqueue('shown', [[0, 0]]);
    const first = only(await claim({ nowMs }));
    await settleDelivery(db, first, { kind: 'retry', detail: '503', notBeforeMs: nowMs }, nowMs + 10);
    await settleDelivery(db, only(await claim({ nowMs })), delivered, nowMs + 20);
    expect((await listChannels(db)).find(({ id }) => id === 'channel-shown')).toMatchObject({
      lastSuccess: { atMs: nowMs + 20, detail: '200' },
      lastFailure: { atMs: nowMs + 10, detail: '503' },
    });
  });
});
