import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '@/lib/domain/errors';
import { parseListenEnv, parseServerEnv } from './env';
import { policy } from './policy';

const A = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const ID = `0x${'Cd'.repeat(32)}`;
const least = {
  BALLAST_CHAIN_ID: '31337',
  BALLAST_RPC_URL: 'http://127.0.0.1:8545',
  BALLAST_MORPHO: A,
  BALLAST_MORPHO_MARKETS: `${ID}, ${ID}`,
};

function refusal(environment: Record<string, string>): InvalidInputError {
  try {
    parseServerEnv(environment);
  } catch (error) {
    if (error instanceof InvalidInputError) return error;
  }
  throw new Error('This environment should have been refused.');
}

describe('server environment', () => {
  test('the least that is needed, with defaults', () => {
    const env = parseServerEnv(least);
    expect(env.chain).toEqual({
      chainId: 31_337,
      name: 'Chain 31337',
      multicall3: '0xca11bde05977b3631167028862be2a173976ca11',
      stalledAfterMs: policy.chain.stalledAfterMs,
      morpho: { address: A.toLowerCase(), marketIds: [ID.toLowerCase(), ID.toLowerCase()] },
    });
    expect(env.market).toBeUndefined();
    expect(env.wsUrl).toBeUndefined();
    expect(env.chain.stalledAfterMs).toBe(policy.chain.stalledAfterMs);
  });

  test('everything', () => {
    const env = parseServerEnv({
      ...least,
      BALLAST_CHAIN_NAME: 'Local chain',
      BALLAST_AAVE_PROVIDER: A,
      BALLAST_AAVE_UI_DATA_PROVIDER: A,
      BALLAST_AAVE_PROTOCOL_DATA_PROVIDER: A,
      BALLAST_MARKET_URL: 'http://127.0.0.1:8547/',
      BALLAST_DEVNET_TOKEN: 'secret',
      BALLAST_STALL_SECONDS: '60',
      BALLAST_EXPLORER_URL: 'https://explorer.example/',
      BALLAST_DEMO_ACCOUNTS: JSON.stringify([{ address: A, label: 'Short ETH', situation: 'debt that moves' }]),
    });
    expect(env.chain.aave?.uiPoolDataProvider).toBe(A.toLowerCase());
    expect(env.chain.explorerUrl).toBe('https://explorer.example');
    expect(env.market).toEqual({ url: 'http://127.0.0.1:8547', token: 'secret' });
    expect(env.chain.stalledAfterMs).toBe(60_000);
    expect(env.demoAccounts).toEqual([
      { address: A.toLowerCase(), label: 'Short ETH', situation: 'debt that moves', kind: 'demo' },
    ]);
    // What pages may show holds neither the node's address nor the token.
    expect(JSON.stringify([env.chain, env.demoAccounts])).not.toMatch(/8545|8547|secret/);
  });

  test('0 seconds switches stalling off', () => {
    expect(parseServerEnv({ ...least, BALLAST_STALL_SECONDS: '0' }).chain.stalledAfterMs).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  test.each([
    ['BALLAST_CHAIN_ID', ''],
    ['BALLAST_CHAIN_ID', '0x1'],
    ['BALLAST_RPC_URL', 'ws://127.0.0.1'],
    ['BALLAST_RPC_URL', 'file:///etc/passwd'],
    ['BALLAST_WS_URL', 'http://127.0.0.1'],
    ['BALLAST_MULTICALL3', '0x12'],
    ['BALLAST_MULTICALL3', A.replace('aA', 'AA')],
    ['BALLAST_MORPHO_MARKETS', '0x12'],
    ['BALLAST_DEMO_ACCOUNTS', '{'],
    ['BALLAST_DEMO_ACCOUNTS', '[{"address":"0x1","label":"x"}]'],
    ['BALLAST_STALL_SECONDS', '-1'],
  ])('%s=%j is refused by name, without its value', (name, value) => {
    const error = refusal({ ...least, [name]: value });
    expect(error.code).toBe('ENV');
    expect(error.detail.inputs).toEqual({ variable: name });
    expect(error.message).toContain(name);
    if (value.length > 4) expect(error.message).not.toContain(value);
  });

  test('half a venue, or none, is refused', () => {
    expect(refusal({ ...least, BALLAST_AAVE_PROVIDER: A }).detail.inputs).toEqual({
      variable: 'BALLAST_AAVE_PROVIDER',
    });
    expect(refusal({ ...least, BALLAST_MORPHO_MARKETS: '' }).detail.inputs).toEqual({ variable: 'BALLAST_MORPHO' });
    expect(refusal({ ...least, BALLAST_MORPHO: '', BALLAST_MORPHO_MARKETS: '' }).code).toBe('ENV');
  });
});

test('where the app listens', () => {
  expect(parseListenEnv({})).toEqual({
    host: '127.0.0.1',
    port: undefined,
    allowRemote: false,
    trustProxy: false,
    allowedHosts: [],
  });
  expect(
    parseListenEnv({
      HOST: '0.0.0.0',
      PORT: '8080',
      BALLAST_ALLOW_REMOTE: '1',
      BALLAST_ALLOWED_HOSTS: 'Desk.lan, b:1',
    }),
  ).toEqual({ host: '0.0.0.0', port: 8080, allowRemote: true, trustProxy: false, allowedHosts: ['desk.lan', 'b:1'] });
  expect(() => parseListenEnv({ PORT: 'http' })).toThrow(InvalidInputError);
  expect(() => parseListenEnv({ BALLAST_ALLOW_REMOTE: 'yes' })).toThrow(InvalidInputError);
});
