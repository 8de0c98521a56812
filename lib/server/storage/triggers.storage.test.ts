import { expect, test } from 'vitest';
import { describeOnBoth, useStorage } from './testing/storage-targets';
import {
  endTrigger,
  listTriggerEdits,
  listTriggers,
  muteTrigger,
  readTrigger,
  saveTrigger,
  snoozeTrigger,
} from './triggers';

describeOnBoth('triggers', (createDatabase) => {
  const target = useStorage(createDatabase);
  const first = { name: 'Low', levels: ['1.10'], big: 2n ** 70n };

  test('each change is a version with its line in the log, and the end is one too', async () => {
    const { db } = target;
    expect(await saveTrigger(db, { id: 'a', version: 0 }, first, 100)).toBe(1);
    expect(await saveTrigger(db, { id: 'a', version: 1 }, { name: 'Lower' }, 200)).toBe(2);
    expect(await muteTrigger(db, { id: 'a', version: 2 }, 9_000, 300)).toBe(3);
    expect(await snoozeTrigger(db, { id: 'a', version: 3 }, 8_000, 400)).toBe(4);
    expect(await readTrigger(db, 'a')).toEqual({
      id: 'a',
      version: 4,
      definition: { name: 'Lower' },
      mutedUntilMs: 9_000,
      snoozedUntilMs: 8_000,
      createdAtMs: 100,
      updatedAtMs: 400,
      ended: null,
    });
    expect(await endTrigger(db, { id: 'a', version: 4 }, 'delete', 500)).toBe(5);
    expect((await readTrigger(db, 'a'))?.ended).toEqual({ atMs: 500, reason: 'delete' });
    expect(await listTriggerEdits(db, 'a')).toEqual([
      { version: 1, action: 'save', change: first, editedAtMs: 100 },
      { version: 2, action: 'save', change: { name: 'Lower' }, editedAtMs: 200 },
      { version: 3, action: 'mute', change: { untilMs: 9_000 }, editedAtMs: 300 },
      { version: 4, action: 'snooze', change: { untilMs: 8_000 }, editedAtMs: 400 },
      { version: 5, action: 'delete', change: null, editedAtMs: 500 },
    ]);
  });

  test('a change to what is no longer so is refused, and leaves no trace', async () => {
    const { db } = target;
    await saveTrigger(db, { id: 'b', version: 0 }, first, 1);
    await saveTrigger(db, { id: 'b', version: 1 }, first, 2);
    const version = { code: 'VERSION' };
    await expect(saveTrigger(db, { id: 'b', version: 0 }, {}, 3)).rejects.toMatchObject(version);
    await expect(saveTrigger(db, { id: 'b', version: 1 }, {}, 3)).rejects.toMatchObject(version);
    await expect(saveTrigger(db, { id: 'b', version: 3 }, {}, 3)).rejects.toMatchObject(version);
    await expect(muteTrigger(db, { id: 'nobody', version: 1 }, 5, 3)).rejects.toMatchObject(version);
    await endTrigger(db, { id: 'b', version: 2 }, 'expire', 4);
    await expect(saveTrigger(db, { id: 'b', version: 3 }, {}, 5)).rejects.toMatchObject({ code: 'ENDED' });
    await expect(saveTrigger(db, { id: 'b', version: 0 }, {}, 5)).rejects.toMatchObject({ code: 'ENDED' });
    expect((await listTriggerEdits(db, 'b')).map(({ version: n }) => n)).toEqual([1, 2, 3]);
    expect((await readTrigger(db, 'b'))?.definition).toEqual(first);
  });

  test('of many changes to one version at once, one is made', async () => {
    const { db } = target;
    await saveTrigger(db, { id: 'c', version: 0 }, {}, 1);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, (_, n) => saveTrigger(db, { id: 'c', version: 1 }, { n }, 2)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await listTriggerEdits(db, 'c')).toHaveLength(2);
  });

  test('what watches and what has ended are listed apart', async () => {
    const { db } = target;
    await saveTrigger(db, { id: 'd', version: 0 }, {}, 1);
    await saveTrigger(db, { id: 'e', version: 0 }, {}, 1);
    await endTrigger(db, { id: 'e', version: 1 }, 'delete', 2);
    const idsOf = async (which: 'watching' | 'ended') => (await listTriggers(db, which)).map(({ id }) => id);
    expect(await idsOf('watching')).toEqual(expect.arrayContaining(['d']));
    expect(await idsOf('watching')).not.toContain('e');
    expect(await idsOf('ended')).toContain('e');
  });

  test('what Postgres cannot hold, or JSON would falsify, is refused before it is sent', async () => {
    const { db } = target;
    const save = (definition: unknown) => saveTrigger(db, { id: 'f', version: 0 }, definition, 1);
    for (const text of ['a\0b', 'half \ud83d', '\udc00']) {
      await expect(save({ name: text })).rejects.toMatchObject({ code: 'TEXT' });
      await expect(save({ [text]: 1 })).rejects.toMatchObject({ code: 'TEXT' });
    }
    await expect(save([Number.NaN])).rejects.toMatchObject({ code: 'NUMBER' });
    await expect(save({ level: Number.POSITIVE_INFINITY })).rejects.toMatchObject({ code: 'NUMBER' });
    expect(await readTrigger(db, 'f')).toBeUndefined();
    const odd = { text: '\\u0000 “ü” 😀 \n', nothing: null, none: [], $big: -(2n ** 100n) };
    await saveTrigger(db, { id: 'f', version: 0 }, odd, 1);
    expect((await readTrigger(db, 'f'))?.definition).toEqual(odd);
  });
});
