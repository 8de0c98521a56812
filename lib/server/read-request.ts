import 'server-only';
import type * as z from 'zod/mini';
import { InvalidInputError } from '@/lib/domain/errors';
import { readBody } from './read-body';

/** `['owners', 0, 'address']` is "owners[0].address". */
const formatPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}${text ? '.' : ''}${String(part)}`),
    '',
  ) || 'body';

/** By a schema. Errors: `InvalidInputError` REQUEST; its inputs hold all `faults` by field. */
export function parseRequest<T>(schema: z.ZodMiniType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => ({ field: formatPath(issue.path), message: issue.message }));
  const [first] = faults;
  throw new InvalidInputError('REQUEST', `${first?.field}: ${first?.message}`, {
    inputs: { field: first?.field, faults },
  });
}

/** A request's JSON body by a schema. Errors: `InvalidInputError` CONTENT_TYPE, BODY_SIZE, BODY_TEXT, JSON, REQUEST. */
export async function readRequest<T>(request: Request, schema: z.ZodMiniType<T>, maxBytes: number): Promise<T> {
  if (request.headers.get('content-type')?.split(';')[0]?.trim() !== 'application/json') {
    throw new InvalidInputError('CONTENT_TYPE', 'The content type must be application/json.');
  }
  const text = await readBody(request, maxBytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InvalidInputError('JSON', 'The body is not JSON.', { cause });
  }
  return parseRequest(schema, value);
}
