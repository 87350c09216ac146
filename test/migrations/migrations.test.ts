import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recountContacts } from '../../app/campaigns/fold-contact-counts.ts';
import { openDatabase } from '../../app/infra/db/database.ts';
import { newId } from '../../app/infra/db/id.ts';
import {
  CONTRACTS,
  listMigrations,
  MIGRATIONS_DIR,
  migrate,
  migrationGap,
} from '../../app/infra/db/migrate.ts';
import { dumpSchema } from '../../scripts/dump-schema.ts';
import { fillFirstVersion, rowCounts } from './fill.ts';
import { type FreshDatabase, freshDatabase } from './fresh-database.ts';

let database: FreshDatabase;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.drop());

const versions = await listMigrations();
const first = versions[0]!;

async function schema(): Promise<string> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return await dumpSchema(client);
  } finally {
    await client.end();
  }
}

async function applied(): Promise<string[]> {
  const rows = await database.query<{ name: string }>('select name from schema_migration order by name');
  return rows.map(({ name }) => name);
}

describe('on an empty database', () => {
  it('every version goes up, down and up again, and leaves what it found', async () => {
    const before = [await schema()];
    // One at a time, so that each version's way down is compared with how it was before it.
    for (const version of versions) {
      expect(await migrateTo(version)).toEqual([version]);
      before.push(await schema());
    }
    expect(await migrate(database.url)).toEqual([]);
    for (const [at, version] of [...versions.entries()].reverse()) {
      expect(await migrate(database.url, 'down')).toEqual([version]);
      if (at > 0) expect(await schema(), `after ${version} is taken away`).toBe(before[at]);
    }
    expect(Object.keys(await rowCounts(database))).toEqual(['schema_migration']);
    expect(await migrate(database.url)).toEqual(versions);
    expect(await schema()).toBe(before.at(-1));
  });
});

/** Up to this version and no further: the later ones are marked as applied while it works. */
async function migrateTo(version: string): Promise<string[]> {
  await migrate(database.url, 'down', 0);
  const later = versions.slice(versions.indexOf(version) + 1);
  await database.query('insert into schema_migration (name) select unnest($1::text[])', [later]);
  try {
    return await migrate(database.url);
  } finally {
    await database.query('delete from schema_migration where name = any($1)', [later]);
  }
}

describe('on a filled database', () => {
  it('every version goes up under the first one’s data, down again with it, and up again', async () => {
    await migrateTo(first);
    const { campaign } = await fillFirstVersion(database);
    const kept = await rowCounts(database);
    await migrate(database.url);
    const { email_template: _templates, ...grown } = await rowCounts(database);
    for (const [table, count] of Object.entries(kept)) {
      if (table !== 'schema_migration' && table !== 'email_template') {
        expect([table, grown[table]], 'up loses nothing').toEqual([table, count]);
      }
    }
    const states = () =>
      database.query<{ state: string; count: number }>(
        'select state, count(*)::int as count from contact where campaign_id = $1 group by state order by state',
        [campaign],
      );
    const filled = await states();
    expect(filled).toHaveLength(6);
    await expectRightCounts();
    // A letter under the default template, and an import's trail: what newer versions wrote must not stop the way down.
    await writeAsNewest(campaign);

    const down = await migrate(database.url, 'down', versions.length - 1);
    expect(down).toEqual(versions.slice(1).reverse());
    const after = await rowCounts(database);
    for (const table of ['campaign', 'contact', 'call_attempt', 'event', 'script_version', 'user']) {
      expect([table, after[table]], 'down loses nothing of the first').toEqual([table, kept[table]]);
    }
    expect(await migrate(database.url)).toEqual(versions.slice(1));
    expect(await states()).toEqual(filled);
    await expectRightCounts();
  });
});

/** The numbers of contacts per state that are kept aside are the real ones. */
async function expectRightCounts(): Promise<void> {
  const { db, close } = openDatabase(database.url, 2);
  try {
    expect(await recountContacts(db), 'states counted wrongly').toBe(0);
  } finally {
    await close();
  }
}

async function writeAsNewest(campaign: string): Promise<void> {
  const [template] = await database.query<{ id: string }>(
    `select id from email_template where name = 'Default' and type = 'completed' and locale = 'en'`,
  );
  await database.query('update campaign set email_completed_template_id = $2 where id = $1', [
    campaign,
    template?.id,
  ]);
  const [event] = await database.query<{ id: string; contact_id: string }>(
    'select id, contact_id from event limit 1',
  );
  await database.query(
    `insert into email_notification (id, event_id, contact_id, campaign_id, template_id, to_email, status, next_send_at, created_at, updated_at)
     values ($1, $2, $3, $4, $5, 'a@example.com', 'pending', now(), now(), now())`,
    [newId(), event?.id, event?.contact_id, campaign, template?.id],
  );
}

describe('two at once', () => {
  it('migrate as one: every version is applied once, and nobody fails', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => migrate(database.url)));
    expect(all.flat().toSorted()).toEqual(versions);
    expect(await applied()).toEqual(versions);
  });

  it('down and up together end in one of the two, whole', async () => {
    await migrate(database.url);
    const newest = versions.at(-1)!;
    await Promise.all([migrate(database.url, 'down'), migrate(database.url)]);
    const now = await applied();
    expect([versions, versions.slice(0, -1)]).toContainEqual(now);
    if (now.includes(newest)) expect(await schema()).toContain('schema_migration');
  });
});

describe('a newer database', () => {
  async function gap() {
    const { pool, close } = openDatabase(database.url, 1);
    try {
      return await migrationGap(pool);
    } finally {
      await close();
    }
  }

  it('is refused by name, unless all it has more are expansions', async () => {
    await migrate(database.url);
    expect(await gap()).toEqual({ missing: [], unknown: [], newer: [] });
    await database.query(`insert into schema_migration (name, expands) values ('9998-adds', true)`);
    expect(await gap()).toEqual({ missing: [], unknown: ['9998-adds'], newer: [] });
    await database.query(`insert into schema_migration (name) values ('9999-takes')`);
    expect(await gap()).toMatchObject({ newer: ['9999-takes'] });
    await expect(migrate(database.url)).rejects.toThrow('9998-adds, 9999-takes');
    await expect(migrate(database.url, 'down')).rejects.toThrow('9999-takes');
  });

  it('of a version that did not yet record what expands, is refused', async () => {
    await migrate(database.url);
    await database.query('alter table schema_migration drop column expands');
    await database.query(`insert into schema_migration (name) values ('9999-later')`);
    expect(await gap()).toMatchObject({ missing: [], newer: ['9999-later'] });
  });
});

it('a version that fails leaves nothing of itself, and can be run again', async () => {
  // Somebody has made a type of that name by hand: the first version stops halfway.
  await database.query('create type call_outcome as enum ()');
  await expect(migrate(database.url)).rejects.toThrow(`Migration ${first} (up) failed: type "call_outcome"`);
  expect(Object.keys(await rowCounts(database))).toEqual(['schema_migration']);
  expect(await applied()).toEqual([]);
  await database.query('drop type call_outcome');
  expect(await migrate(database.url)).toEqual(versions);
});

describe('each file', () => {
  const read = (name: string, direction: string) =>
    readFileSync(path.join(MIGRATIONS_DIR, `${name}.${direction}.sql`), 'utf8');

  it.each(versions)('%s has a way up and a way down', (name) => {
    expect(name).toMatch(/^\d{4}-[a-z0-9-]+$/);
    for (const direction of ['up', 'down']) expect(read(name, direction).trim()).not.toBe('');
  });

  // The first release is the first that another version runs beside.
  const FIRST_RELEASE = '0020';
  const TAKES =
    /\b(drop (table|column|type|function|view)|rename (to|column)|alter column \w+ (type|set not null))\b/i;
  it.each(versions)('%s says so when it takes something away', (name) => {
    const text = read(name, 'up');
    if (name >= FIRST_RELEASE && TAKES.test(text)) expect(text).toMatch(CONTRACTS);
    expect(TAKES.test(`alter table x drop column ${randomUUID()}`)).toBe(true);
  });
});
