import { describe, expect, test } from 'vitest';
import { checkMailHost } from './check-mail-host';
import { checkTarget, type TargetRules } from './check-target';
import { type DeliveryError, PermanentDeliveryError, TemporaryDeliveryError } from './delivery-error';

const names: Readonly<Record<string, readonly string[]>> = {
  'hooks.example': ['93.184.216.34'],
  'both.example': ['93.184.216.34', '2606:2800:220:1::1'],
  'mixed.example': ['93.184.216.34', '10.0.0.7'],
  'private.example': ['10.0.0.7'],
  'desk.lan': ['192.168.1.5'],
  'half.lan': ['192.168.1.5', '93.184.216.34'],
};
const rules: TargetRules = {
  allowedNetworks: ['192.168.1.0/24'],
  resolve: async (host) => names[host.toLowerCase()] ?? Promise.reject(new Error('ENOTFOUND')),
};

async function refusal(work: Promise<unknown>): Promise<DeliveryError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof PermanentDeliveryError || error instanceof TemporaryDeliveryError) return error;
  }
  throw new Error('This should have been refused.');
}

describe('web addresses', () => {
  test.each([
    ['https://hooks.example/a?b=c', ['93.184.216.34'], false],
    ['https://HOOKS.example:8443/', ['93.184.216.34'], false],
    ['https://both.example/', ['93.184.216.34', '2606:2800:220:1::1'], false],
    ['https://8.8.8.8/', ['8.8.8.8'], false],
    ['https://[2606:2800:220:1::1]/', ['2606:2800:220:1::1'], false],
    // Listed networks: http and any port.
    ['http://desk.lan/', ['192.168.1.5'], true],
    ['http://192.168.1.5:25/', ['192.168.1.5'], true],
    // One of its addresses is public: reached, by the rules for public hosts.
    ['https://half.lan/', ['192.168.1.5', '93.184.216.34'], false],
  ])('%s goes to %j', async (address, addresses, isListed) => {
    expect(await checkTarget(address, rules)).toMatchObject({ addresses, isListed });
  });

  test.each([
    ['not an address', 'URL'],
    ['ftp://hooks.example/', 'SCHEME'],
    ['file:///etc/passwd', 'SCHEME'],
    ['http://hooks.example/', 'SCHEME'],
    ['http://half.lan/', 'SCHEME'],
    ['https://user@hooks.example/', 'USERINFO'],
    ['https://:word@hooks.example/', 'USERINFO'],
    ['https://hooks.example:22/', 'PORT'],
    ['https://hooks.example:80/', 'PORT'],
    ['https://hooks.example:1023/', 'PORT'],
    ['https://169.254.169.254/latest', 'ADDRESS_REFUSED'],
    ['https://127.0.0.1/', 'ADDRESS_REFUSED'],
    // The same address in other spellings.
    ['https://0x7f.1/', 'ADDRESS_REFUSED'],
    ['https://2130706433/', 'ADDRESS_REFUSED'],
    ['https://0177.0.0.1/', 'ADDRESS_REFUSED'],
    ['https://127.1/', 'ADDRESS_REFUSED'],
    ['https://[::1]/', 'ADDRESS_REFUSED'],
    ['https://[::ffff:127.0.0.1]/', 'ADDRESS_REFUSED'],
    ['https://①②⑦.0.0.1/', 'ADDRESS_REFUSED'],
    ['http://10.0.0.7/', 'ADDRESS_REFUSED'],
  ])('%s is refused for good: %s', async (address, code) => {
    const error = await refusal(checkTarget(address, rules));
    expect(error).toBeInstanceOf(PermanentDeliveryError);
    expect(error.code).toBe(code);
  });

  test.each([
    ['https://private.example/', 'ADDRESS_REFUSED'],
    ['https://mixed.example/', 'ADDRESS_REFUSED'],
    ['https://nowhere.example/', 'NO_ADDRESS'],
  ])('%s is refused for now: names change', async (address, code) => {
    const error = await refusal(checkTarget(address, rules));
    expect(error).toBeInstanceOf(TemporaryDeliveryError);
    expect(error.code).toBe(code);
  });

  test('no refusal repeats the address', async () => {
    for (const address of ['ftp://token1@hooks.example/token2', 'https://10.9.8.7/token2', 'https://token3.example/']) {
      const error = await refusal(checkTarget(address, rules));
      expect(`${error.message} ${JSON.stringify(error.detail)}`).not.toMatch(/token|10\.9/);
    }
  });
});

describe('mail servers', () => {
  const check = (host: string, port: number, isEncrypted: boolean) =>
    checkMailHost({ host, port, isEncrypted }, ['private.example', '10.0.0.9'], {
      ...rules,
      resolve: async (name) => (name === '10.0.0.9' ? [name] : rules.resolve(name)),
    });

  test.each([
    ['hooks.example', 465, true],
    ['hooks.example', 587, true],
    ['desk.lan', 1025, false],
    // Named in the configuration, so whatever its address.
    ['private.example', 1025, false],
    ['PRIVATE.example', 25, false],
    ['10.0.0.9', 25, false],
  ])('%s:%d, encrypted %j, is accepted', async (host, port, isEncrypted) => {
    expect((await check(host, port, isEncrypted)).addresses.length).toBe(1);
  });

  test.each([
    ['hooks.example', 465, false, 'NOT_ENCRYPTED'],
    ['hooks.example', 6379, true, 'PORT'],
    ['mixed.example', 465, true, 'ADDRESS_REFUSED'],
    ['10.0.0.7', 465, true, 'ADDRESS_REFUSED'],
    ['nowhere.example', 465, true, 'NO_ADDRESS'],
  ])('%s:%d, encrypted %j, is refused: %s', async (host, port, isEncrypted, code) => {
    expect((await refusal(check(host, port, isEncrypted))).code).toBe(code);
  });

  test('a spelling of an address that only resolving takes apart is judged by what it resolves to', async () => {
    const resolving: TargetRules = { allowedNetworks: [], resolve: async () => ['127.0.0.1'] };
    const error = await refusal(checkMailHost({ host: '2130706433', port: 465, isEncrypted: true }, [], resolving));
    expect(error.code).toBe('ADDRESS_REFUSED');
  });
});
