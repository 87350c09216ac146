import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { appendAudit, entryHash } from '../../app/audit/append-audit.ts';
import { auditCsv, listAudit } from '../../app/audit/list-audit.ts';
import { sealAudit } from '../../app/audit/seal-audit.ts';
import { verifyAudit } from '../../app/audit/verify-audit.ts';
import { migrate } from '../../app/infra/db/migrate.ts';
import { testDatabase } from '../support/database.ts';
import { onServer } from '../support/database-server.ts';
import { emptyAudit } from '../support/empty-audit.ts';

const NOW = new Date('2026-11-25T11:00:00.123Z');
const SEAL_KEY = Buffer.alloc(32, 9);
let database: Awaited<ReturnType<typeof testDatabase>>;

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
const verify = async (expected: string | null = null) =>
  (await verifyAudit(database.db, { sealKey: SEAL_KEY, expected })).fault;
const seal = () => sealAudit(database.db, { sealKey: SEAL_KEY, now: NOW });
/** What somebody can do who owns the whole server: without triggers, and past every right. */
async function tamper(statements: string): Promise<void> {
  await database.db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    for (const statement of statements.split(';')) await sql.raw(statement).execute(tx);
  });
}

beforeAll(async () => {
  database = await testDatabase(20);
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyAudit(database.db);
  await Promise.all(Array.from({ length: 30 }, (_, at) => append(String(at))));
});

describe('the audit log', () => {
  it('is one chain, however many write at once', async () => {
    expect(await verify()).toBeNull();
    const { items, total } = await listAudit(database.db, { page: 1, page_size: 10 });
    expect([items.length, total, items[0]?.id]).toEqual([10, 30, 30]);
  });

  it.each([
    ['at', "at + interval '1 ms'"],
    ['user_id', 'gen_random_uuid()'],
    ['action', "'thing.seen'"],
    ['entity', "'other'"],
    ['entity_id', 'null'],
    ['changes', "'{}'"],
    ['previous_hash', "decode(repeat('ab', 32), 'hex')"],
    ['hash', "decode(repeat('ab', 32), 'hex')"],
  ])('shows a changed %s', async (column, value) => {
    await tamper(`update audit_log_entry set ${column} = ${value} where id = 7`);
    expect(await verify()).toEqual({ kind: 'entry_changed', at: 7 });
  });

  it('shows a changed id', async () => {
    await tamper('update audit_log_entry set id = default where id = 7');
    expect(await verify()).toEqual({ kind: 'entry_changed', at: 8 });
  });

  it.each([
    ['an entry that was taken out', 'delete from audit_log_entry where id = 7', 'entry_changed', 8],
    ['a beginning that was cut off', 'delete from audit_log_entry where id < 7', 'entry_changed', 7],
    ['the last entry cut off', 'delete from audit_log_entry where id = 30', 'entries_missing', 30],
    ['an end that was cut off', 'delete from audit_log_entry where id > 7', 'entries_missing', 8],
    ['a log that was emptied', 'delete from audit_log_entry', 'entries_missing', 1],
    [
      'an entry that was put in',
      `insert into audit_log_entry (at, action, entity, previous_hash, hash)
       select at, 'a', 'b', hash, decode(repeat('00', 32), 'hex') from audit_log_entry where id = 30`,
      'entry_changed',
      31,
    ],
  ])('shows %s', async (_name, statement, kind, at) => {
    await tamper(statement);
    expect(await verify()).toEqual({ kind, at });
  });

  it('shows an end that was cut off together with the record of it, once it was sealed', async () => {
    await seal();
    await tamper(
      `delete from audit_log_entry where id > 20;
       update audit_head set entries = 20, last_id = 20, hash = (select hash from audit_log_entry where id = 20)`,
    );
    expect(await verify()).toEqual({ kind: 'entries_missing', at: 30 });
  });

  it('shows a history rewritten with all its hashes, once it was sealed or its head noted', async () => {
    const head = await seal();
    expect(await seal()).toBeNull();
    await tamper('delete from audit_log_entry where id = 30; truncate audit_seal');
    const last = await database.db
      .selectFrom('audit_log_entry')
      .selectAll()
      .where('id', '=', 29)
      .executeTakeFirstOrThrow();
    const other = { at: NOW, user_id: null, action: 'nothing', entity: 'thing', entity_id: null };
    const hash = entryHash(last.hash, other).toString('hex');
    const previous = last.hash.toString('hex');
    await tamper(
      `insert into audit_log_entry overriding system value
         values (30, '${NOW.toISOString()}', null, 'nothing', 'thing', null, '{}', '\\x${previous}', '\\x${hash}');
       update audit_head set entries = 30, last_id = 30, hash = '\\x${hash}'`,
    );
    // Without seal and without a note nobody could tell: that is why there are both.
    expect(await verify()).toBeNull();
    expect(await verify(head)).toEqual({ kind: 'entry_changed', at: 30 });
    await sealAudit(database.db, { sealKey: Buffer.alloc(32, 1), now: NOW });
    expect(await verify()).toEqual({ kind: 'seal_broken', at: 30 });
  });

  it.each([
    'update audit_log_entry set action = action',
    'delete from audit_log_entry',
    'truncate audit_log_entry',
  ])('takes no %s, not even from its owner', async (statement) => {
    await expect(sql.raw(statement).execute(database.db)).rejects.toThrow('rows are immutable');
  });

  it('keeps nothing of what was rolled back', async () => {
    const failing = database.db.transaction().execute(async (tx) => {
      const entry = { at: NOW, user_id: null, action: 'a', entity: 'b', entity_id: null };
      await appendAudit(tx, entry);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await append('after');
    expect(await verify()).toBeNull();
  });

  it('is filtered, and written as CSV that no spreadsheet runs', async () => {
    const entry = {
      at: new Date('2026-12-01T00:00:00Z'),
      user_id: null,
      action: 'thing.seen',
      entity: 'other',
    };
    const changes = { note: { previous: null, new: '=1+1, "quoted"' } };
    await database.db.transaction().execute((tx) => appendAudit(tx, { ...entry, entity_id: 'x', changes }));
    const page = { page: 1, page_size: 10 };
    const found = async (filter: object) => (await listAudit(database.db, { ...page, ...filter })).total;
    expect(await found({ action: 'thing.seen' })).toBe(1);
    expect(await found({ action: 'thing.' })).toBe(31);
    expect(await found({ entity: 'thing', entity_id: '7' })).toBe(1);
    expect(await found({ from: new Date('2026-11-30') })).toBe(1);
    expect(await found({ to: new Date('2026-11-30') })).toBe(30);
    const text: string[] = [];
    for await (const part of auditCsv(database.db, { entity: 'other' })) text.push(part);
    expect(text.join('')).toBe(
      'id,at,user_id,user_name,action,entity,entity_id,field,previous,new\r\n' +
        `31,2026-12-01T00:00:00.000Z,,,thing.seen,other,x,note,,"'=1+1, ""quoted"""\r\n`,
    );
  });
});

it('the role that owns everything, and is not the server’s own, has no right to change the log', async () => {
  const name = `owner_${randomUUID().replaceAll('-', '')}`;
  const server = inject('postgresUrl');
  await onServer(server, `create role ${name} login password 'owner'`);
  await onServer(server, `create database ${name} owner ${name}`);
  try {
    const url = new URL(server);
    Object.assign(url, { username: name, password: 'owner', pathname: `/${name}` });
    await migrate(url.href);
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    for (const change of ['update audit_log_entry set at = at', 'delete from', 'truncate']) {
      const statement = change.endsWith('at') ? change : `${change} audit_log_entry`;
      await expect(client.query(statement)).rejects.toThrow('permission denied');
    }
    const entry = `select now(), 'a', 'b', decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex')`;
    await client.query(`insert into audit_log_entry (at, action, entity, previous_hash, hash) ${entry}`);
    expect((await client.query('select entries from audit_head')).rows).toEqual([{ entries: '1' }]);
    await client.end();
  } finally {
    await onServer(server, `drop database if exists ${name} with (force)`);
    await onServer(server, `drop role ${name}`);
  }
});
