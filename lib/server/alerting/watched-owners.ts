import 'server-only';
import type { Address } from '@/lib/domain/asset';
import { formatAddress } from '@/lib/format/format-address';
import type { Db } from '../storage/schema';
import { listWatchedOwners } from '../storage/watched';

/** Who is called what, before anything of the storage is known. */
export interface NamedOwner {
  readonly address: Address;
  readonly label: string;
}

/** Whose positions the server reads by itself: those it always knows, and those that triggers brought along. */
export class WatchedOwners {
  private stored: readonly NamedOwner[] = [];

  constructor(
    private readonly db: Db,
    private readonly chainId: number,
    private readonly always: readonly NamedOwner[],
  ) {}

  /** Reads those of the storage anew. Errors: `StorageUnavailableError`; those of before stay. */
  async refresh(): Promise<void> {
    const rows = await listWatchedOwners(this.db, this.chainId);
    this.stored = rows.map(({ address, label }) => ({ address: address as Address, label }));
  }

  list(): readonly Address[] {
    return [...new Set([...this.always, ...this.stored].map(({ address }) => address))];
  }

  /** What an owner is called; one without a name by the ends of the address. */
  name(owner: string): string {
    const address = owner.toLowerCase();
    const known = [...this.always, ...this.stored].find((one) => one.address.toLowerCase() === address);
    return known?.label ?? formatAddress(owner);
  }
}
