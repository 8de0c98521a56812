import { InvalidInputError } from './errors';

const TAG = '$bigint';
const INTEGER = /^-?\d+$/;

/**
 * The one way bigints travel through JSON, streams and storage: `{"$bigint": "123"}`, a decimal string under a tag, so that a figure can
 * never come back as a float. `encodeJson({ a: 1n })` is `{"a":{"$bigint":"1"}}`.
 */
export function encodeJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? { [TAG]: item.toString() } : item));
}

/**
 * Reads what `encodeJson` wrote. The caller still parses the result by a schema: this only restores integers.
 * Throws `InvalidInputError` JSON when the text is no JSON, BIGINT when a tagged integer is none.
 */
export function decodeJson(text: string): unknown {
  const revive = (_key: string, item: unknown): unknown => {
    if (typeof item !== 'object' || item === null || !(TAG in item)) return item;
    const digits = (item as Record<string, unknown>)[TAG];
    if (Object.keys(item).length !== 1 || typeof digits !== 'string' || !INTEGER.test(digits)) {
      throw new InvalidInputError('BIGINT', `A tagged integer must be a decimal string, got ${JSON.stringify(item)}.`);
    }
    return BigInt(digits);
  };
  try {
    return JSON.parse(text, revive);
  } catch (cause) {
    if (cause instanceof InvalidInputError) throw cause;
    throw new InvalidInputError('JSON', `This is not JSON: ${(cause as Error).message}`, { cause });
  }
}
