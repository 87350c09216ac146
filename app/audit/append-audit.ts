import { sql } from 'kysely';
import { canonicalJson, sha256 } from '../infra/crypto/hash.ts';
import type { Tx } from '../infra/db/database.ts';

/** What somebody did: field names with their values before and after; secrets never. `user_id` null = the system. */
export type AuditEntry = {
  at: Date;
  user_id: string | null;
  action: string;
  entity: string;
  entity_id: string | null;
  changes?: Record<string, { previous: unknown; new: unknown }>;
};

const FIRST = Buffer.alloc(32);

/** Appends to the audit log inside the caller's transaction; each entry's hash covers the one before it. */
export async function appendAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  // One writer at a time until its commit, or two entries would name the same predecessor.
  await sql`select pg_advisory_xact_lock(hashtextextended('audit_log', 0))`.execute(tx);
  const last = await tx
    .selectFrom('audit_log_entry')
    .select('hash')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const row = { ...entry, changes: JSON.parse(canonicalJson(entry.changes ?? {})) };
  const previous_hash = last?.hash ?? FIRST;
  await tx
    .insertInto('audit_log_entry')
    .values({
      ...row,
      changes: JSON.stringify(row.changes),
      previous_hash,
      hash: entryHash(previous_hash, row),
    })
    .execute();
}

/** The hash of an entry: SHA-256 over its predecessor's hash and its own canonical JSON. */
export function entryHash(previous_hash: Buffer, entry: AuditEntry): Buffer {
  const { at, user_id, action, entity, entity_id, changes } = entry;
  const body = canonicalJson({
    at: at.toISOString(),
    user_id,
    action,
    entity,
    entity_id,
    changes: changes ?? {},
  });
  return sha256(Buffer.concat([previous_hash, Buffer.from(body)]));
}

/** Field by field what differs between two states of an entity. */
export function changesBetween(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Record<string, { previous: unknown; new: unknown }> {
  const changed = Object.keys(after).filter(
    (name) => canonicalJson(before[name]) !== canonicalJson(after[name]),
  );
  return Object.fromEntries(
    changed.map((name) => [name, { previous: before[name] ?? null, new: after[name] ?? null }]),
  );
}
