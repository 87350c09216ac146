import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { appendAudit } from '../../app/audit/append-audit.ts';
import { listAudit } from '../../app/audit/list-audit.ts';
import { verifyAudit } from '../../app/audit/verify-audit.ts';
import { testDatabase } from '../support/database.ts';

const NOW = new Date('2026-11-25T11:00:00.123Z');
let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase(20);
});
afterAll(() => database.close());

const append = (entity_id: string) =>
  database.db.transaction().execute((tx) =>
    appendAudit(tx, {
      at: NOW,
      user_id: null,
      action: 'thing.changed',
      entity: 'thing',
      entity_id,
      changes: {
        z: { previous: null, new: NOW },
        a: { previous: 0.1, new: { deep: ['è', true], also: undefined } },
      },
    }),
  );
beforeEach(async () => {
  await sql`truncate audit_log_entry restart identity`.execute(database.db);
  await Promise.all(Array.from({ length: 30 }, (_, at) => append(String(at))));
});

describe('the audit log', () => {
  it('is one chain, however many write at once', async () => {
    expect(await verifyAudit(database.db)).toBeNull();
    const { items, total } = await listAudit(database.db, { page: 1, page_size: 10 });
    expect([items.length, total, items[0]?.id]).toEqual([10, 30, 30]);
  });

  it.each([
    ['a changed value', sql`update audit_log_entry set changes = '{}' where id = 7`, 7],
    ['another author', sql`update audit_log_entry set user_id = gen_random_uuid() where id = 7`, 7],
    ['another time', sql`update audit_log_entry set at = at + interval '1 ms' where id = 7`, 7],
    ['an entry that was taken out', sql`delete from audit_log_entry where id = 7`, 8],
    ['a beginning that was cut off', sql`delete from audit_log_entry where id < 7`, 7],
    [
      'an entry that was put in',
      sql`insert into audit_log_entry (at, action, entity, previous_hash, hash)
          select at, 'a', 'b', hash, decode('00', 'hex') from audit_log_entry where id = 30`,
      31,
    ],
  ])('shows %s', async (_name, tamper, at) => {
    await tamper.execute(database.db);
    expect(await verifyAudit(database.db)).toBe(at);
  });

  it('keeps nothing of what was rolled back', async () => {
    const failing = database.db.transaction().execute(async (tx) => {
      const entry = { at: NOW, user_id: null, action: 'a', entity: 'b', entity_id: null };
      await appendAudit(tx, entry);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await append('after');
    expect(await verifyAudit(database.db)).toBeNull();
  });
});
