import 'server-only';
import { lookup } from 'node:dns/promises';

/** Every address of a host name; an empty list where there is none. An argument wherever addresses matter, so that tests decide them. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

/** Asks the system, as a connection would: its hosts file counts too. Every address, of both families. */
export const resolveHost: ResolveHost = async (host) => {
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address);
};
