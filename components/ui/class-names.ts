/** Joins class names, leaving out what is absent. `classNames('a', undefined, 'b')` is "a b". */
export const classNames = (...names: readonly (string | false | undefined)[]): string =>
  names.filter(Boolean).join(' ');
