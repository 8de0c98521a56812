import 'server-only';
import * as z from 'zod/mini';

/** Codes of JSON-RPC 2.0 and, from −32000 down, those Ethereum nodes use. */
export const RPC_ERROR = {
  parse: -32_700,
  invalidRequest: -32_600,
  methodNotFound: -32_601,
  invalidParams: -32_602,
  unavailable: -32_002,
  limitExceeded: -32_005,
} as const;

export type RpcId = string | number | null;

export interface RpcFailure {
  readonly jsonrpc: '2.0';
  readonly id: RpcId;
  readonly error: { readonly code: number; readonly message: string; readonly data?: string };
}

/** A call that may be passed on, or the answer to one that may not. */
export type FilteredCall =
  | { readonly ok: true; readonly id: RpcId; readonly method: string; readonly params: readonly unknown[] }
  | { readonly ok: false; readonly failure: RpcFailure };

/** `failure` alone: nothing of the request can be answered call by call. */
export type FilteredRequest =
  | { readonly ok: true; readonly batch: boolean; readonly calls: readonly FilteredCall[] }
  | { readonly ok: false; readonly failure: RpcFailure };

const address = z.string().check(z.regex(/^0x[0-9a-fA-F]{40}$/));
const hash = z.string().check(z.regex(/^0x[0-9a-fA-F]{64}$/));
const quantity = z.string().check(z.regex(/^0x(0|[1-9a-fA-F][0-9a-fA-F]{0,15})$/));
const bytes = z.string().check(z.regex(/^0x([0-9a-fA-F]{2})*$/));

const numberOrTag = z.union([z.enum(['latest', 'safe', 'finalized', 'earliest']), quantity]);
/** EIP-1898 names a block by hash or number in an object. */
const blockRef = z.union([
  numberOrTag,
  z.strictObject({ blockHash: hash, requireCanonical: z.optional(z.boolean()) }),
  z.strictObject({ blockNumber: quantity }),
]);
const nothing = z.tuple([]);
/** Whole transactions of a block are not read here, and large. */
const hashesOnly = z.literal(false);

/**
 * Every method that is passed on, with its parameters: reads only. A call names its contract and data, and at most a sender; no value, gas
 * or state override.
 */
const METHODS = {
  eth_chainId: nothing,
  eth_blockNumber: nothing,
  eth_getBlockByNumber: z.tuple([numberOrTag, hashesOnly]),
  eth_getBlockByHash: z.tuple([hash, hashesOnly]),
  eth_getCode: z.union([z.tuple([address, blockRef]), z.tuple([address])]),
  eth_call: z.union([
    z.tuple([z.strictObject({ to: address, data: bytes, from: z.optional(address) }), blockRef]),
    z.tuple([z.strictObject({ to: address, data: bytes, from: z.optional(address) })]),
  ]),
} as const;

const MAX_ID_LENGTH = 100;
const id = z.union([z.string().check(z.maxLength(MAX_ID_LENGTH)), z.number(), z.null()]);
const envelope = z.object({
  jsonrpc: z.literal('2.0'),
  id,
  method: z.string().check(z.maxLength(MAX_ID_LENGTH)),
  params: z.optional(z.array(z.unknown())),
});

export function fail(callId: RpcId, code: number, message: string, data?: string): RpcFailure {
  return { jsonrpc: '2.0', id: callId, error: data === undefined ? { code, message } : { code, message, data } };
}

const isListed = (method: string): method is keyof typeof METHODS => Object.hasOwn(METHODS, method);

function filterCall(value: unknown): FilteredCall {
  const refuse = (callId: RpcId, code: number, message: string): FilteredCall => ({
    ok: false,
    failure: fail(callId, code, message),
  });
  const parsed = envelope.safeParse(value);
  if (!parsed.success) {
    const given = id.safeParse((value as { readonly id?: unknown } | null)?.id);
    return refuse(
      given.success ? given.data : null,
      RPC_ERROR.invalidRequest,
      'This is no JSON-RPC 2.0 call with an id.',
    );
  }
  const { id: callId, method, params = [] } = parsed.data;
  if (!isListed(method)) return refuse(callId, RPC_ERROR.methodNotFound, 'This method is not served here.');
  const checked = METHODS[method].safeParse(params);
  if (!checked.success) {
    return refuse(callId, RPC_ERROR.invalidParams, `These parameters of ${method} are not served here.`);
  }
  return { ok: true, id: callId, method, params: checked.data };
}

/**
 * Judges the text of a JSON-RPC request against the list of methods. Pure.
 * `filterRpc('{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}', 20)` may pass; `eth_sendRawTransaction` is answered with −32601.
 */
export function filterRpc(text: string, maxBatch: number): FilteredRequest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, failure: fail(null, RPC_ERROR.parse, 'The body is not JSON.') };
  }
  if (!Array.isArray(value)) return { ok: true, batch: false, calls: [filterCall(value)] };
  if (value.length === 0) {
    return { ok: false, failure: fail(null, RPC_ERROR.invalidRequest, 'The batch is empty.') };
  }
  if (value.length > maxBatch) {
    return {
      ok: false,
      failure: fail(null, RPC_ERROR.invalidRequest, `A batch holds at most ${maxBatch} calls.`),
    };
  }
  return { ok: true, batch: true, calls: value.map(filterCall) };
}
