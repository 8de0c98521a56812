/** What a link to the form for a new trigger may say; all else is as the form begins. */
export interface TriggerLink {
  /** "position:aave-v3~…", "owner:0x…", "asset:eip155:…". */
  readonly scope?: string | undefined;
  readonly kind?: string | undefined;
  readonly side?: 'below' | 'above' | undefined;
  /** As it is kept: "0.1" is 10 %. */
  readonly level?: string | undefined;
  /** The asset that the condition is about. */
  readonly asset?: string | undefined;
}

export const TRIGGER_LINK_KEYS = ['scope', 'kind', 'side', 'level', 'asset'] as const;

/**
 * Link to the form for a new trigger, with the choices of the page it stands on (`search`) kept.
 * `formatTriggerLink({ scope: 'asset:ETH', kind: 'price-level' })` is "/triggers/new?scope=asset%3AETH&kind=price-level".
 */
export function formatTriggerLink(link: TriggerLink, search = ''): string {
  const query = new URLSearchParams(search);
  for (const key of TRIGGER_LINK_KEYS) {
    const value = link[key];
    if (value === undefined) query.delete(key);
    else query.set(key, value);
  }
  const text = query.toString();
  return text === '' ? '/triggers/new' : `/triggers/new?${text}`;
}
