import * as z from 'zod/mini';

/** A book as it was imported: the file's own text, so that nothing of it is lost, and how it was taken in. */
export interface KeptBook {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  /** Of a CSV only the positions in order were taken. */
  readonly goodRowsOnly: boolean;
  /** Positions in it when it was taken in. */
  readonly count: number;
  readonly importedAtMs: number;
}

const schema = z.object({
  version: z.literal(1),
  id: z.string().check(z.minLength(1), z.maxLength(60)),
  name: z.string().check(z.maxLength(200)),
  text: z.string(),
  goodRowsOnly: z.boolean(),
  count: z.int().check(z.nonnegative()),
  importedAtMs: z.number(),
});

/** A kept record as a book; `undefined` where it is none that this version knows. */
export function parseKeptBook(record: unknown): KeptBook | undefined {
  const read = schema.safeParse(record);
  if (!read.success) return undefined;
  const { id, name, text, goodRowsOnly, count, importedAtMs } = read.data;
  return { id, name, text, goodRowsOnly, count, importedAtMs };
}
