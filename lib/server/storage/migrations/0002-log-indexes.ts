import 'server-only';
import { type Kysely, type Migration, sql } from 'kysely';

const INDEXES = [
  // The log says of each message how its newest attempt went.
  'create index attempts_of_delivery on delivery_attempts (delivery_id, id desc)',
  // The list says of each trigger when it fired last.
  'create index firings_of_trigger on firings (trigger_id, fired_at desc)',
];

async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of INDEXES) await sql.raw(statement).execute(db);
}

/** What the log and the list read by: without them each page reads all that ever fired or was sent. */
export const logIndexesMigration: Migration = { up };
