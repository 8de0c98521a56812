/** Separates tags in a CSV cell. */
const SEPARATOR = ';';

/** A cell of tags as people write them, "desk;hedged"; or a JSON list, for tags that have a semicolon themselves. Undefined where it is neither. */
export function parseTagsCell(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return text.split(SEPARATOR).map((tag) => tag.trim());
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((tag) => typeof tag === 'string') ? list : undefined;
  } catch {
    return undefined;
  }
}

const isPlain = (tag: string): boolean =>
  tag !== '' && tag === tag.trim() && !tag.includes(SEPARATOR) && !tag.startsWith('[');

/** The cell that `parseTagsCell` reads back as these tags. `["desk", "hedged"]` is "desk;hedged". */
export const formatTagsCell = (tags: readonly string[]): string =>
  tags.length > 0 && tags.every(isPlain) ? tags.join(SEPARATOR) : JSON.stringify(tags);
