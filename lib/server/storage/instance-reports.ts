import 'server-only';
import { sql } from 'kysely';
import { toJsonb } from './column-types';
import type { Presence } from './instances';
import type { Db } from './schema';

/** What an instance says of the parts it watches itself; one without a part is armed. */
export interface InstanceReport {
  readonly isArmed: boolean;
  /** One sentence; null: nothing is wrong. */
  readonly problem: string | null;
}

/** Beside the settings of the whole server, with which it shares the table; nobody is woken for it. */
const PREFIX = 'watch-report:';

const hasReport = (value: unknown): value is InstanceReport =>
  typeof value === 'object' && value !== null && 'isArmed' in value && 'problem' in value;

/** Says how an instance does, over what it said before. */
export async function saveInstanceReport(
  db: Db,
  { owner, nowMs }: Pick<Presence, 'owner' | 'nowMs'>,
  report: InstanceReport,
): Promise<void> {
  const columns = { value: toJsonb({ ...report }), updated_at: nowMs };
  await db
    .insertInto('settings')
    .values({ name: PREFIX + owner, ...columns })
    .onConflict((on) => on.column('name').doUpdateSet(columns))
    .execute();
}

/**
 * Why some of what the other living instances watch may not be watched, one sentence; `undefined`: each of them has said within `leaseMs` that it is
 * armed. What instances said that live no more is forgotten: their parts are somebody's, who speaks for them, or nobody's.
 */
export async function findOthersProblem(
  db: Db,
  living: readonly string[],
  { owner, nowMs, leaseMs }: Presence,
): Promise<string | undefined> {
  const rows = await db
    .selectFrom('settings')
    .selectAll()
    .where((where) => where.fn('starts_with', ['name', where.val(PREFIX)]))
    .execute();
  const reports = new Map(rows.map((row) => [row.name.slice(PREFIX.length), row]));
  await sql`delete from settings where starts_with(name, ${PREFIX}) and updated_at <= ${nowMs - 2 * leaseMs}`.execute(
    db,
  );
  for (const other of living) {
    if (other === owner) continue;
    const said = reports.get(other);
    if (!said || Math.abs(nowMs - said.updated_at) > leaseMs || !hasReport(said.value)) {
      return 'Another instance has not said yet whether it watches its triggers.';
    }
    if (!said.value.isArmed)
      return `Another instance: ${said.value.problem ?? 'its triggers are not all watched yet.'}`;
  }
  return undefined;
}
