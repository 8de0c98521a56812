import 'server-only';
import * as z from 'zod/mini';

/** Of a kind without settings. */
export const nothing = z.strictObject({});

/** A web address as it is typed; whether it may be posted to is judged where its host is resolved, each time. */
export const webAddress = z.string('a web address is expected').check(
  z.maxLength(2_000, 'a web address of at most 2000 characters is expected'),
  z.refine((text) => URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol), {
    error: 'a web address that begins with https:// is expected',
  }),
);

/** Text of one line, neither empty nor longer than `most`. */
export const shortText = (most: number, what: string) =>
  z.string(what).check(z.minLength(1, what), z.maxLength(most, what), z.regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, what));
