import 'server-only';
import { isIP, type LookupFunction } from 'node:net';

/** A lookup that answers every question with addresses found before, so that a connection goes to those that were checked. At least one. */
export function pinAddresses(addresses: readonly string[]): LookupFunction {
  const pinned = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, answer) => {
    const [first] = pinned;
    if (options.all) answer(null, pinned);
    else answer(null, first?.address ?? '', first?.family);
  };
}
