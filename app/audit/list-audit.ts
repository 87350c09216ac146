import { type Kysely, sql } from 'kysely';
import type { Db } from '../infra/db/database.ts';
import type { DB } from '../infra/db/tables.ts';

/** Which entries are wanted; absent = any. `action` may end in a dot or be whole: `campaign.` finds all of them. */
export type AuditFilter = {
  user_id?: string | undefined;
  action?: string | undefined;
  entity?: string | undefined;
  entity_id?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
};

const COLUMNS = [
  'audit_log_entry.id',
  'at',
  'audit_log_entry.user_id',
  'name as user_name',
  'action',
  'entity',
  'entity_id',
  'changes',
] as const;

/** A page of the audit log, newest first. */
export async function listAudit(
  db: Db,
  { page, page_size, ...filter }: AuditFilter & { page: number; page_size: number },
) {
  const items = await filtered(db, filter)
    .select(COLUMNS)
    .orderBy('audit_log_entry.id', 'desc')
    .limit(page_size)
    .offset((page - 1) * page_size)
    .execute();
  const { total } = await filtered(db, filter)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return { items, total };
}

const BATCH = 1_000;
const HEADER = 'id,at,user_id,user_name,action,entity,entity_id,field,previous,new';

/** The same entries as CSV (RFC 4180), oldest first: a line for each field that changed, one for an entry without. */
export async function* auditCsv(db: Db, filter: AuditFilter): AsyncGenerator<string> {
  yield `${HEADER}\r\n`;
  let after = 0;
  for (;;) {
    const rows = await filtered(db, filter)
      .select(COLUMNS)
      .where('audit_log_entry.id', '>', after)
      .orderBy('audit_log_entry.id')
      .limit(BATCH)
      .execute();
    yield rows.map(csvLines).join('');
    if (rows.length < BATCH) return;
    after = rows.at(-1)!.id;
  }
}

function filtered(db: Kysely<DB>, filter: AuditFilter) {
  const { user_id, action, entity, entity_id, from, to } = filter;
  return db
    .selectFrom('audit_log_entry')
    .leftJoin('user', 'user.id', 'audit_log_entry.user_id')
    .$if(user_id !== undefined, (some) => some.where('audit_log_entry.user_id', '=', user_id!))
    .$if(action !== undefined, (some) =>
      action!.endsWith('.')
        ? some.where(sql<boolean>`starts_with(action, ${action})`)
        : some.where('action', '=', action!),
    )
    .$if(entity !== undefined, (some) => some.where('entity', '=', entity!))
    .$if(entity_id !== undefined, (some) => some.where('entity_id', '=', entity_id!))
    .$if(from !== undefined, (some) => some.where('at', '>=', from!))
    .$if(to !== undefined, (some) => some.where('at', '<', to!));
}

type Row = {
  id: number;
  at: Date;
  user_id: string | null;
  user_name: string | null;
  action: string;
  entity: string;
  entity_id: string | null;
  changes: unknown;
};

function csvLines({ id, at, user_id, user_name, action, entity, entity_id, changes }: Row): string {
  const who = [id, at.toISOString(), user_id, user_name, action, entity, entity_id];
  const fields = Object.entries((changes ?? {}) as Record<string, { previous: unknown; new: unknown }>);
  const lines =
    fields.length === 0
      ? [[...who, '', '', '']]
      : fields.map(([name, change]) => [...who, name, textOf(change.previous), textOf(change.new)]);
  return lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

const textOf = (value: unknown) =>
  value === null || typeof value === 'string' ? value : JSON.stringify(value);

/** Quoted where it must be; defused where a spreadsheet would run it. */
function cell(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
