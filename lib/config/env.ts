import * as z from 'zod/mini';
import { type Address, type Hash, parseAddress } from '@/lib/domain/asset';
import type { ChainConfig } from '@/lib/domain/chain';
import { InvalidInputError } from '@/lib/domain/errors';
import type { WatchedAccount } from '@/lib/domain/position';
import { policy } from './policy';
import { type Environment, list, parseVariables, url } from './variables';

/** An account of the local chain that shows one situation. */
export interface DemoAccount extends WatchedAccount {
  readonly kind: 'demo';
  readonly situation: string;
}

/** Where the app listens, and under which names it may be asked for. */
export interface ListenEnv {
  readonly host: string;
  /** `undefined`: any port is accepted in a request's Host. */
  readonly port: number | undefined;
  readonly allowRemote: boolean;
  /** A proxy stands before the app and adds to `x-forwarded-for`. */
  readonly trustProxy: boolean;
  /** Lower-case names, each with or without `:port`. */
  readonly allowedHosts: readonly string[];
}

/** The server's configuration. Only `chain` and `demoAccounts` may reach a browser. */
export interface ServerEnv {
  readonly chain: ChainConfig;
  readonly demoAccounts: readonly DemoAccount[];
  readonly rpcUrl: string;
  /** `undefined`: the chain is polled. */
  readonly wsUrl: string | undefined;
  /** Before this block the chain is still being set up. */
  readonly firstBlock: bigint;
  readonly market: { readonly url: string; readonly token: string | undefined } | undefined;
}

const MULTICALL3: Address = '0xca11bde05977b3631167028862be2a173976ca11';
const LAST_PORT = 65_535;

const address = z.pipe(
  z.string().check(z.regex(/^0x[0-9a-fA-F]{40}$/, 'an address is 0x and 40 hexadecimal digits')),
  z.transform((text, context) => {
    try {
      return parseAddress(text);
    } catch {
      context.issues.push({ code: 'custom', message: 'its mixed case does not match its checksum', input: text });
      return z.NEVER;
    }
  }),
);
const wholeNumber = (text: string, least: number, most: number) =>
  z.pipe(
    z.string().check(z.regex(/^\d{1,15}$/, text)),
    z.pipe(z.transform(Number), z.number().check(z.minimum(least, text), z.maximum(most, text))),
  );
const hash = z.string().check(z.regex(/^0x[0-9a-fA-F]{64}$/, 'ids of 0x and 64 hexadecimal digits are expected'));
const json = z.pipe(
  z.string(),
  z.transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.issues.push({ code: 'custom', message: 'this is not JSON', input: text });
      return z.NEVER;
    }
  }),
);

const chainSchema = z.object({
  BALLAST_CHAIN_ID: wholeNumber('a chain id is a whole number from 1', 1, Number.MAX_SAFE_INTEGER),
  BALLAST_CHAIN_NAME: z.optional(z.string().check(z.maxLength(60))),
  BALLAST_RPC_URL: url('http:', 'https:'),
  BALLAST_WS_URL: z.optional(url('ws:', 'wss:')),
  BALLAST_MULTICALL3: z.optional(address),
  BALLAST_AAVE_PROVIDER: z.optional(address),
  BALLAST_AAVE_UI_DATA_PROVIDER: z.optional(address),
  BALLAST_AAVE_PROTOCOL_DATA_PROVIDER: z.optional(address),
  BALLAST_MORPHO: z.optional(address),
  BALLAST_MORPHO_MARKETS: z.optional(z.pipe(list, z.array(hash))),
  BALLAST_MARKET_URL: z.optional(url('http:', 'https:')),
  BALLAST_DEVNET_TOKEN: z.optional(z.string()),
  BALLAST_DEMO_ACCOUNTS: z.optional(
    z.pipe(json, z.array(z.object({ address, label: z.string(), situation: z.optional(z.string()) }))),
  ),
  BALLAST_FIRST_BLOCK: z.optional(wholeNumber('a block number is expected', 0, Number.MAX_SAFE_INTEGER)),
  BALLAST_STALL_SECONDS: z.optional(wholeNumber('seconds from 0 (never) to 86400 are expected', 0, 86_400)),
  BALLAST_EXPLORER_URL: z.optional(url('http:', 'https:')),
});

const listenSchema = z.object({
  HOST: z.optional(z.string()),
  PORT: z.optional(wholeNumber('a port from 0 to 65535 is expected', 0, LAST_PORT)),
  BALLAST_ALLOW_REMOTE: z.optional(z.enum(['0', '1'], '0 or 1 is expected')),
  BALLAST_ALLOWED_HOSTS: z.optional(list),
  BALLAST_TRUST_PROXY: z.optional(z.enum(['0', '1'], '0 or 1 is expected')),
});

function incomplete(names: readonly string[]): InvalidInputError {
  return new InvalidInputError('ENV', `${names.join(', ')} must be set together, or none of them.`, {
    inputs: { variable: names[0] },
    nextStep: 'Set all of them to read this venue, or unset all of them.',
  });
}

/**
 * Reads the configuration of chain, venues and market from environment variables (listed in the README).
 *
 * Errors: `InvalidInputError` ENV, which names the variable and never shows its value.
 * Example: `parseServerEnv({ BALLAST_CHAIN_ID: '1', BALLAST_RPC_URL: 'https://…', BALLAST_MORPHO: '0x…', BALLAST_MORPHO_MARKETS: '0x…' })`.
 */
export function parseServerEnv(environment: Environment): ServerEnv {
  const env = parseVariables(chainSchema, environment);
  const { BALLAST_AAVE_PROVIDER, BALLAST_AAVE_UI_DATA_PROVIDER, BALLAST_AAVE_PROTOCOL_DATA_PROVIDER } = env;
  const aaveNames = ['BALLAST_AAVE_PROVIDER', 'BALLAST_AAVE_UI_DATA_PROVIDER', 'BALLAST_AAVE_PROTOCOL_DATA_PROVIDER'];
  const aave =
    BALLAST_AAVE_PROVIDER && BALLAST_AAVE_UI_DATA_PROVIDER && BALLAST_AAVE_PROTOCOL_DATA_PROVIDER
      ? {
          addressesProvider: BALLAST_AAVE_PROVIDER,
          uiPoolDataProvider: BALLAST_AAVE_UI_DATA_PROVIDER,
          protocolDataProvider: BALLAST_AAVE_PROTOCOL_DATA_PROVIDER,
        }
      : undefined;
  if (!aave && (BALLAST_AAVE_PROVIDER || BALLAST_AAVE_UI_DATA_PROVIDER || BALLAST_AAVE_PROTOCOL_DATA_PROVIDER)) {
    throw incomplete(aaveNames);
  }
  const marketIds = env.BALLAST_MORPHO_MARKETS?.map((id) => id.toLowerCase() as Hash);
  const morpho = env.BALLAST_MORPHO && marketIds ? { address: env.BALLAST_MORPHO, marketIds } : undefined;
  if (!morpho && (env.BALLAST_MORPHO || marketIds)) throw incomplete(['BALLAST_MORPHO', 'BALLAST_MORPHO_MARKETS']);
  if (!aave && !morpho) {
    throw new InvalidInputError('ENV', 'No venue is configured.', {
      inputs: { variable: 'BALLAST_AAVE_PROVIDER' },
      nextStep: `Set ${aaveNames.join(', ')}, or BALLAST_MORPHO and BALLAST_MORPHO_MARKETS.`,
    });
  }
  const stallSeconds = env.BALLAST_STALL_SECONDS;
  const stalledAfterMs =
    stallSeconds === undefined
      ? policy.chain.stalledAfterMs
      : stallSeconds === 0
        ? Number.POSITIVE_INFINITY
        : stallSeconds * 1_000;
  return {
    chain: {
      chainId: env.BALLAST_CHAIN_ID,
      name: env.BALLAST_CHAIN_NAME ?? `Chain ${env.BALLAST_CHAIN_ID}`,
      multicall3: env.BALLAST_MULTICALL3 ?? MULTICALL3,
      stalledAfterMs,
      ...(aave ? { aave } : {}),
      ...(morpho ? { morpho } : {}),
      ...(env.BALLAST_EXPLORER_URL ? { explorerUrl: env.BALLAST_EXPLORER_URL.replace(/\/+$/, '') } : {}),
    },
    demoAccounts: (env.BALLAST_DEMO_ACCOUNTS ?? []).map((account) => ({
      address: account.address,
      label: account.label,
      situation: account.situation ?? '',
      kind: 'demo',
    })),
    rpcUrl: env.BALLAST_RPC_URL,
    wsUrl: env.BALLAST_WS_URL,
    firstBlock: BigInt(env.BALLAST_FIRST_BLOCK ?? 0),
    market: env.BALLAST_MARKET_URL
      ? { url: env.BALLAST_MARKET_URL.replace(/\/+$/, ''), token: env.BALLAST_DEVNET_TOKEN }
      : undefined,
  };
}

/**
 * Reads where the app listens. Apart from the chain's configuration, so that requests are judged even where that is broken.
 * Errors: `InvalidInputError` ENV.
 */
export function parseListenEnv(environment: Environment): ListenEnv {
  const env = parseVariables(listenSchema, environment);
  return {
    host: (env.HOST ?? '127.0.0.1').toLowerCase(),
    // Port 0 lets the system choose, so that the real one is not known here.
    port: env.PORT === 0 ? undefined : env.PORT,
    allowRemote: env.BALLAST_ALLOW_REMOTE === '1',
    trustProxy: env.BALLAST_TRUST_PROXY === '1',
    allowedHosts: (env.BALLAST_ALLOWED_HOSTS ?? []).map((name) => name.toLowerCase()),
  };
}
