import type * as z from 'zod/mini';

/** What is wrong with a trigger, and where: `conditions[0].level`. */
export interface TriggerFault {
  readonly field: string;
  readonly message: string;
}

type Path = readonly PropertyKey[];

/** `formatField(['conditions', 0, 'level'])` is "conditions[0].level"; of no path it is "trigger". */
const formatField = (path: Path): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '') || 'trigger';

export const faultAt = (path: Path, message: string): TriggerFault => ({ field: formatField(path), message });

/** Everything a schema found, each at its own place; a key that is not known at its own name. */
export const listFaults = ({ issues }: z.core.$ZodError, path: Path = []): readonly TriggerFault[] =>
  issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => faultAt([...path, ...issue.path, key], 'there is no such field'))
      : [faultAt([...path, ...issue.path], issue.message)],
  );
