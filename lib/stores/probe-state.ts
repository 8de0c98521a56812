import { createParser } from 'nuqs/server';
import type { Address } from '@/lib/domain/asset';

/** Prices that a reader put in the place of today's, by token: plain decimals in US dollars. */
export type ProbeTexts = ReadonlyMap<Address, string>;

const PART = /^(0x[0-9a-f]{40}):(\d{1,18}(?:\.\d{1,36})?)$/;
const MOST = 40;

/** Reads `0xc02a…:2000.5,0x2260…:61000`; `null` when anything in it is something else. */
export function parseProbe(text: string): ProbeTexts | null {
  const parts = text.split(',');
  if (parts.length > MOST) return null;
  const prices = new Map<Address, string>();
  for (const part of parts) {
    const match = PART.exec(part);
    if (!match?.[1] || !match[2]) return null;
    prices.set(match[1] as Address, match[2]);
  }
  return prices;
}

/** Writes what `parseProbe` reads. */
export const formatProbe = (prices: ProbeTexts): string =>
  [...prices].map(([address, price]) => `${address}:${price}`).join(',');

/** The prices a position's page is asked at, in its link. */
export const parseAsProbe = createParser<ProbeTexts>({
  parse: parseProbe,
  serialize: formatProbe,
  eq: (a, b) => formatProbe(a) === formatProbe(b),
});
