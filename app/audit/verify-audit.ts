import type { Db } from '../infra/db/database.ts';
import { type AuditEntry, entryHash } from './append-audit.ts';
import { sealMac } from './seal-audit.ts';

export type AuditFault = 'entry_changed' | 'entries_missing' | 'entries_added' | 'seal_broken';
/** `at` is the first entry that does not fit, or from which on something is missing; `head` names the end of the chain. */
export type AuditVerdict = { entries: number; head: string; fault: { kind: AuditFault; at: number } | null };

type Entry = { id: number; hash: Buffer; previous_hash: Buffer } & AuditEntry;

const BATCH = 1_000;

/**
 * Walks the whole chain at one moment: every entry against its predecessor, its end against the head (who cuts entries
 * off), the seals against the entries they signed (who computes every hash anew). `expected` is a head that somebody
 * noted before, `id:hash`: it must still be there.
 */
export function verifyAudit(
  db: Db,
  { sealKey, expected = null }: { sealKey: Buffer; expected?: string | null },
): Promise<AuditVerdict> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const signed = await signedEntries(tx, sealKey, expected);
      if ('broken' in signed)
        return { entries: 0, head: '', fault: { kind: 'seal_broken', at: signed.broken } };
      const { entries, last, changed } = await walk(tx, signed);
      const verdict = { entries, head: last === null ? '' : headOf(last) };
      if (changed !== null) return { ...verdict, fault: { kind: 'entry_changed', at: changed } };
      // What was signed and never met on the way is gone.
      const missed = [...signed.keys()].sort((a, b) => a - b)[0];
      if (missed !== undefined) return { ...verdict, fault: { kind: 'entries_missing', at: missed } };
      return { ...verdict, fault: await compareHead(tx, entries, last) };
    });
}

const headOf = ({ id, hash }: { id: number; hash: Buffer }) => `${id}:${hash.toString('hex')}`;

async function walk(db: Db, signed: Map<number, Buffer>) {
  let previous = Buffer.alloc(32);
  let entries = 0;
  let last: Entry | null = null;
  for (;;) {
    const rows = (await db
      .selectFrom('audit_log_entry')
      .selectAll()
      .where('id', '>', last?.id ?? 0)
      .orderBy('id')
      .limit(BATCH)
      .execute()) as unknown as Entry[];
    for (const row of rows) {
      const fits = row.previous_hash.equals(previous) && row.hash.equals(entryHash(previous, row));
      const isSigned = signed.get(row.id)?.equals(row.hash) ?? true;
      if (!fits || !isSigned) return { entries, last, changed: row.id };
      signed.delete(row.id);
      previous = row.hash as Buffer<ArrayBuffer>;
      entries += 1;
      last = row;
    }
    if (rows.length < BATCH) return { entries, last, changed: null };
  }
}

/** The hash of every entry that was signed, or the first entry whose signature is not ours. */
async function signedEntries(
  db: Db,
  sealKey: Buffer,
  expected: string | null,
): Promise<Map<number, Buffer> | { broken: number }> {
  const seals = await db.selectFrom('audit_seal').selectAll().orderBy('id').execute();
  const signed = new Map<number, Buffer>();
  let previous = Buffer.alloc(32);
  for (const { entry_id, entry_hash, sealed_at, mac } of seals) {
    const right = sealMac(sealKey, previous, { entry_id, entry_hash, sealed_at });
    if (!right.equals(mac)) return { broken: entry_id };
    signed.set(entry_id, entry_hash);
    previous = mac as Buffer<ArrayBuffer>;
  }
  const [id = '', hash = ''] = expected?.split(':') ?? [];
  if (expected !== null) signed.set(Number(id), Buffer.from(hash, 'hex'));
  return signed;
}

async function compareHead(db: Db, entries: number, last: Entry | null): Promise<AuditVerdict['fault']> {
  const head = await db.selectFrom('audit_head').selectAll().executeTakeFirst();
  const at = (last?.id ?? 0) + 1;
  if (!head || head.entries > entries) return { kind: 'entries_missing', at };
  const isEnd = last === null ? head.hash === null : head.last_id === last.id && head.hash?.equals(last.hash);
  if (head.entries < entries || !isEnd) return { kind: 'entries_added', at: last?.id ?? 0 };
  return null;
}
