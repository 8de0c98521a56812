import { expect, test } from 'vitest';
import { readChannelForDelivery } from '../storage/secrets-for-delivery';
import { describeOnBoth, useStorage } from '../storage/testing/storage-targets';
import { saveChannelEdit } from './save-channel-edit';

describeOnBoth('saving a channel', (createDatabase) => {
  const target = useStorage(createDatabase);
  const save = (id: string, version: number, kind: string, config: Record<string, unknown>, secrets = {}) =>
    saveChannelEdit(target.db, id, { version, kind, name: 'Desk', config, secrets }, 1);
  const faultAt = (field: string) => ({ code: 'CHANNEL', detail: { inputs: { field } } });

  test('a password that is kept is never sent to another server', async () => {
    const from = { from: 'desk@example.org', to: 'desk@example.org' };
    const config = { host: 'smtp.example.org', port: 465, security: 'tls', user: 'desk', ...from };
    await save('mail', 0, 'email', config, { password: 'hunter22' });
    const changes = [{ host: 'smtp.evil.example' }, { port: 25 }, { security: 'none' }, { user: 'other' }];
    for (const change of changes) {
      await expect(save('mail', 1, 'email', { ...config, ...change })).rejects.toMatchObject(
        faultAt('secrets.password'),
      );
    }
    expect((await readChannelForDelivery(target.db, 'mail'))?.config).toEqual(config);
    // Whom it is written to is not where the password goes.
    expect(await save('mail', 1, 'email', { ...config, to: 'all@example.org' })).toBe(2);
    const moved = { ...config, host: 'smtp.example.net' };
    expect(await save('mail', 2, 'email', moved, { password: 'given-again' })).toBe(3);
    expect(await save('mail', 3, 'email', config, { password: null })).toBe(4);
    // Nothing is kept: nothing can leak.
    expect(await save('mail', 4, 'email', moved)).toBe(5);
  });

  test('nor a token; a secret that only signs stays', async () => {
    const token = `1:${'a'.repeat(30)}`;
    await save('bot', 0, 'telegram', { chatId: '1' }, { botToken: token });
    // The address that is meant where none is given is no other one.
    expect(await save('bot', 1, 'telegram', { chatId: '2', apiUrl: 'https://api.telegram.org' })).toBe(2);
    const elsewhere = { chatId: '2', apiUrl: 'https://evil.example' };
    await expect(save('bot', 2, 'telegram', elsewhere)).rejects.toMatchObject(faultAt('secrets.botToken'));
    await save('hook', 0, 'webhook', { url: 'https://a.example' }, { secret: 'a-secret-of-the-desk' });
    expect(await save('hook', 1, 'webhook', { url: 'https://b.example' })).toBe(2);
  });
});
