import * as z from 'zod/mini';
import { type AssetId, toAssetId } from '@/lib/domain/asset';
import { InvalidInputError } from '@/lib/domain/errors';
import { parseDecimal } from '@/lib/units/decimal';
import type { Deployment } from './deploy/deployment';
import type { AssetSymbol } from './parameters';

const MIN_SPEED = 1;
const MAX_SPEED = 60;
const LONGEST_PASS_SECONDS = 90 * 86_400;

const assetId = z.string().check(z.regex(/^eip155:\d+\/erc20:0x[0-9a-fA-F]{40}$/, 'a CAIP-19 id is expected'));
/** 18 digits before the point are more than any price needs, and fit an answer. */
const decimal = z.string().check(z.regex(/^-?\d{1,18}(\.\d{1,8})?$/, 'a decimal with at most 8 decimals is expected'));

const controlSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('pause') }),
  z.strictObject({ action: z.literal('resume') }),
  z.strictObject({
    action: z.literal('speed'),
    value: z.number().check(z.minimum(MIN_SPEED), z.maximum(MAX_SPEED)),
  }),
  z.strictObject({
    action: z.literal('pass'),
    seconds: z.int().check(z.minimum(1), z.maximum(LONGEST_PASS_SECONDS)),
  }),
  z.strictObject({
    action: z.literal('shock'),
    asset: z.union([z.literal('all'), assetId]),
    dropBps: z._default(z.int().check(z.minimum(1), z.maximum(9_900)), 2_000),
    overSeconds: z._default(z.number().check(z.minimum(1), z.maximum(86_400)), 3_600),
  }),
  z.strictObject({ action: z.literal('liquidator'), on: z.boolean() }),
  z.strictObject({ action: z.literal('price'), asset: assetId, price: decimal }),
  z.strictObject({
    action: z.literal('feed'),
    asset: z.union([z.literal('all'), assetId]),
    stop: z.boolean(),
    target: z._default(z.enum(['market', 'oracle']), 'market'),
  }),
  z.strictObject({
    action: z.literal('oracle'),
    asset: assetId,
    answer: z.string().check(z.regex(/^-?\d{1,57}$/, 'a whole number is expected')),
  }),
]);

/** A control command with assets and figures resolved; prices and answers have 8 decimals. */
export type ControlCommand =
  | { readonly action: 'pause' | 'resume' }
  | { readonly action: 'speed'; readonly value: number }
  /** Simulated time passes at once, prices standing still. */
  | { readonly action: 'pass'; readonly seconds: number }
  | {
      readonly action: 'shock';
      readonly target: AssetSymbol | 'all';
      readonly dropBps: number;
      readonly overSeconds: number;
    }
  | { readonly action: 'liquidator'; readonly on: boolean }
  /** A price of zero or below is what the market feed then says, while the market itself goes on. */
  | { readonly action: 'price'; readonly symbol: AssetSymbol; readonly price: bigint }
  | {
      readonly action: 'feed';
      readonly symbols: readonly AssetSymbol[];
      readonly stop: boolean;
      readonly target: 'market' | 'oracle';
    }
  /** Any answer; the keeper then leaves this feed alone until a `feed` command starts it again. */
  | { readonly action: 'oracle'; readonly symbol: AssetSymbol; readonly answer: bigint };

function refuse(field: string, message: string): never {
  throw new InvalidInputError('CONTROL', `${field}: ${message}`, { inputs: { field } });
}

function findSymbol(deployment: Pick<Deployment, 'assets' | 'chainId'>, id: string): AssetSymbol {
  const wanted = id.toLowerCase() as AssetId;
  const found = deployment.assets.find((asset) => toAssetId(deployment.chainId, asset.address) === wanted);
  return found?.symbol ?? refuse('asset', `${id} is not on this chain`);
}

/**
 * Reads the body of `POST /control`. Throws `InvalidInputError` CONTROL whose inputs name the field.
 *
 * Example: `{"action":"shock","asset":"all","dropBps":2000,"overSeconds":3600}`.
 */
export function parseControlCommand(text: string, deployment: Pick<Deployment, 'assets' | 'chainId'>): ControlCommand {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return refuse('body', 'this is not JSON');
  }
  const parsed = controlSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse(issue?.path.join('.') || 'body', issue?.message ?? 'not understood');
  }
  const command = parsed.data;
  switch (command.action) {
    case 'shock': {
      const { action, asset, dropBps, overSeconds } = command;
      return { action, target: asset === 'all' ? 'all' : findSymbol(deployment, asset), dropBps, overSeconds };
    }
    case 'price':
      return { action: 'price', symbol: findSymbol(deployment, command.asset), price: parseDecimal(command.price, 8) };
    case 'feed': {
      const { action, asset, stop, target } = command;
      const symbols = asset === 'all' ? deployment.assets.map(({ symbol }) => symbol) : [findSymbol(deployment, asset)];
      return { action, symbols, stop, target };
    }
    case 'oracle':
      return { action: 'oracle', symbol: findSymbol(deployment, command.asset), answer: BigInt(command.answer) };
    default:
      return command;
  }
}
