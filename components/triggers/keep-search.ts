/** Of these screens alone; another screen has no use for them. */
const OWN = ['trigger', 'which', 'find', 'copy', 'scope', 'kind', 'side', 'level', 'asset'];

/**
 * A link that keeps the choices of the page (whose positions, what-if) and leaves out those of the triggers' own screens, but for `own`.
 * `keepSearch('accounts=demo&trigger=x', '/triggers', { which: 'ended' })` is "/triggers?accounts=demo&which=ended".
 */
export function keepSearch(search: string, path: string, own: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(search);
  for (const key of OWN) query.delete(key);
  for (const [key, value] of Object.entries(own)) query.set(key, value);
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
