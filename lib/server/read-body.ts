import 'server-only';
import { InvalidInputError } from '@/lib/domain/errors';

/**
 * Reads a body as text and gives up as soon as it is larger than allowed: the rest is never taken in.
 *
 * Errors: `InvalidInputError` BODY_SIZE, BODY_TEXT (no UTF-8).
 */
export async function readBody(source: Request | Response, maxBytes: number): Promise<string> {
  const tooLarge = () =>
    new InvalidInputError('BODY_SIZE', `The body is larger than ${maxBytes} bytes.`, {
      nextStep: 'Split it into several requests.',
    });
  if (Number(source.headers.get('content-length') ?? 0) > maxBytes) {
    await source.body?.cancel();
    throw tooLarge();
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let size = 0;
  const reader = source.body?.getReader();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      size += part.value.byteLength;
      if (size > maxBytes) throw tooLarge();
      text += decoder.decode(part.value, { stream: true });
    }
    return text + decoder.decode();
  } catch (cause) {
    await reader?.cancel().catch(() => undefined);
    if (cause instanceof TypeError) throw new InvalidInputError('BODY_TEXT', 'The body is not UTF-8 text.', { cause });
    throw cause;
  }
}
