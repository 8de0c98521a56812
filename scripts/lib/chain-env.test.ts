import { expect, test } from 'vitest';
import { parseServerEnv } from '@/lib/config/env';
import { readConfigurationProblem } from './app.mjs';
import { requireChainEnv } from './chain-env.mjs';

const A = `0x${'11'.repeat(20)}`;
const VALUES: Readonly<Record<string, string>> = {
  BALLAST_CHAIN_ID: '1',
  BALLAST_AAVE_PROVIDER: A,
  BALLAST_AAVE_UI_DATA_PROVIDER: A,
  BALLAST_AAVE_PROTOCOL_DATA_PROVIDER: A,
  BALLAST_MORPHO: A,
  BALLAST_MORPHO_MARKETS: `0x${'22'.repeat(32)}`,
};
const NAMES = Object.keys(VALUES);

/** Every choice of which of the variables are set. */
const choices = Array.from({ length: 2 ** NAMES.length }, (_, bits) => NAMES.filter((_name, i) => (bits >> i) & 1));

const refuses = (run: () => unknown): boolean => {
  try {
    run();
    return false;
  } catch {
    return true;
  }
};

test('refuses exactly what the app would refuse', () => {
  for (const names of choices) {
    const env = {
      BALLAST_RPC_URL: 'http://127.0.0.1:1',
      ...Object.fromEntries(names.map((name) => [name, VALUES[name]])),
    };
    expect(
      refuses(() => requireChainEnv(env)),
      names.join(' '),
    ).toBe(refuses(() => parseServerEnv(env)));
  }
});

test('names what is missing', () => {
  const rpc = { BALLAST_RPC_URL: 'http://127.0.0.1:1' };
  expect(() => requireChainEnv(rpc)).toThrow(/BALLAST_CHAIN_ID; and BALLAST_AAVE_PROVIDER.*BALLAST_MORPHO_MARKETS/s);
  expect(() => requireChainEnv({ ...rpc, BALLAST_CHAIN_ID: '1', BALLAST_MORPHO: A })).toThrow(
    /Missing: BALLAST_MORPHO_MARKETS\./,
  );
});

test('a configuration the app cannot use is told from an app that is not ready yet', () => {
  expect(readConfigurationProblem('{"error":"BALLAST_WS_URL is not valid.","nextStep":"Set it."}')).toBe(
    'BALLAST_WS_URL is not valid.\nSet it.',
  );
  for (const text of ['{"ready":false,"chain":{"state":"starting"}}', '{"error":"Something went wrong."}', '<html>']) {
    expect(readConfigurationProblem(text)).toBeUndefined();
  }
});
