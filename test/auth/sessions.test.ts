import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSession } from '../../app/auth/find-session.ts';
import { listSessions } from '../../app/auth/list-sessions.ts';
import { revokeSession } from '../../app/auth/revoke-session.ts';
import { updateUser } from '../../app/auth/update-user.ts';
import type { Actor, Role } from '../../app/auth/user.ts';
import { sha256 } from '../../app/infra/crypto/hash.ts';
import { type Database, openDatabase } from '../../app/infra/db/database.ts';
import { newId } from '../../app/infra/db/id.ts';
import { testDatabase } from '../support/database.ts';

const NOON = new Date('2026-11-25T11:00:00Z');
const minutesOn = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);
let database: Awaited<ReturnType<typeof testDatabase>>;
/** The pool of a second process. */
let elsewhere: Database;
beforeAll(async () => {
  database = await testDatabase();
  elsewhere = openDatabase(database.url, 2);
});
afterAll(async () => {
  await elsewhere.close();
  await database.close();
});

/** Somebody with a session that began at noon; the cookie's value is the session's id. */
async function someone(role: Role = 'viewer'): Promise<Actor> {
  const user_id = newId();
  const session_id = newId();
  const who = { email: `${user_id}@example.com`, name: role, role };
  const oidc = { oidc_issuer: 'i', oidc_sub: user_id };
  await database.db
    .insertInto('user')
    .values({ id: user_id, ...oidc, ...who, created_at: NOON, updated_at: NOON })
    .execute();
  const times = { created_at: NOON, last_seen_at: NOON, expires_at: minutesOn(8 * 60) };
  await database.db
    .insertInto('session')
    .values({ id: session_id, user_id, token_hash: sha256(session_id), ...times })
    .execute();
  return { user_id, session_id, ...who };
}
const seen = ({ session_id }: Actor, now: Date, db = database.db) =>
  findSession(db, { token: session_id ?? '', now, idle_minutes: 30 });

describe('a session', () => {
  it('ends after thirty minutes of silence', async () => {
    const actor = await someone();
    expect(await seen(actor, minutesOn(29))).not.toBeNull();
    expect(await seen(actor, minutesOn(58))).not.toBeNull();
    expect(await seen(actor, minutesOn(89))).toBeNull();
  });

  it('ends after eight hours, however busy', async () => {
    const actor = await someone();
    for (let minutes = 25; minutes < 8 * 60; minutes += 25) {
      expect(await seen(actor, minutesOn(minutes))).not.toBeNull();
    }
    expect(await seen(actor, minutesOn(8 * 60))).toBeNull();
  });

  it('with a short idle time is kept alive by whoever is busy', async () => {
    const { session_id } = await someone();
    const ask = (now: Date) => findSession(database.db, { token: session_id ?? '', now, idle_minutes: 1 });
    for (let minutes = 0.5; minutes < 4; minutes += 0.5) expect(await ask(minutesOn(minutes))).not.toBeNull();
    expect(await ask(minutesOn(5))).toBeNull();
  });

  it('costs no write while it was seen less than a minute ago', async () => {
    const actor = await someone();
    await seen(actor, minutesOn(0.9));
    const row = database.db.selectFrom('session').select('last_seen_at').where('id', '=', actor.session_id);
    expect(await row.executeTakeFirst()).toEqual({ last_seen_at: NOON });
  });

  it('is not opened by the hash that is stored of it', async () => {
    const { session_id } = await someone();
    const token = sha256(session_id ?? '').toString('hex');
    expect(await findSession(database.db, { token, now: NOON, idle_minutes: 30 })).toBeNull();
  });
});

describe('what an administrator decides', () => {
  it('counts at the next request, in another process too', async () => {
    const [admin, actor] = [await someone('admin'), await someone('viewer')];
    const { user_id: id } = actor;
    await updateUser(database.db, { id, role: 'campaign_manager', actor: admin, now: minutesOn(1) });
    expect(await seen(actor, minutesOn(1), elsewhere.db)).toMatchObject({ role: 'campaign_manager' });
    await updateUser(database.db, { id, role: null, actor: admin, now: minutesOn(2) });
    expect(await seen(actor, minutesOn(2), elsewhere.db)).toMatchObject({ role: null });
    await updateUser(database.db, { id, disabled: true, actor: admin, now: minutesOn(3) });
    await expect(seen(actor, minutesOn(3), elsewhere.db)).rejects.toMatchObject({ code: 'auth.disabled' });
    await updateUser(database.db, { id, disabled: false, actor: admin, now: minutesOn(4) });
    expect(await seen(actor, minutesOn(4), elsewhere.db)).not.toBeNull();
  });

  it('is audited with the values before and after; what changes nothing is not', async () => {
    const [admin, actor] = [await someone('admin'), await someone('viewer')];
    const change = { id: actor.user_id, role: 'admin' as const, actor: admin, now: NOON };
    await updateUser(database.db, change);
    await updateUser(database.db, change);
    const entries = await database.db
      .selectFrom('audit_log_entry')
      .selectAll()
      .where('entity_id', '=', actor.user_id)
      .execute();
    expect(entries).toMatchObject([
      { user_id: admin.user_id, changes: { role: { previous: 'viewer', new: 'admin' } } },
    ]);
  });

  it('can be handed back to the claim, and never shuts oneself out', async () => {
    const [admin, actor] = [await someone('admin'), await someone('viewer')];
    const { user_id: id } = actor;
    await updateUser(database.db, { id, role: 'admin', actor: admin, now: NOON });
    const back = await updateUser(database.db, { id, role_source: 'claim', actor: admin, now: NOON });
    expect(back).toMatchObject({ role: 'admin', role_source: 'claim' });
    const own = { id: admin.user_id, actor: admin, now: NOON };
    for (const change of [{ disabled: true }, { role: 'viewer' as const }, { role: null }]) {
      await expect(updateUser(database.db, { ...own, ...change })).rejects.toMatchObject({
        code: 'user.own_account',
      });
    }
    await updateUser(database.db, { ...own, role: 'admin' });
  });

  it('is an administrator’s to decide', async () => {
    const [manager, actor] = [await someone('campaign_manager'), await someone('viewer')];
    const change = { id: actor.user_id, role: 'admin' as const, actor: manager, now: NOON };
    await expect(updateUser(database.db, change)).rejects.toMatchObject({ code: 'auth.forbidden' });
  });

  it('needs somebody to be about', async () => {
    const admin = await someone('admin');
    const change = { id: newId(), role: null, actor: admin, now: NOON };
    await expect(updateUser(database.db, change)).rejects.toMatchObject({ code: 'resource.not_found' });
  });
});

describe('a list of sessions', () => {
  it('is one’s own; an administrator’s is everybody’s', async () => {
    const [admin, actor] = [await someone('admin'), await someone()];
    const page = { idle_minutes: 30, page: 1, page_size: 200 };
    const own = await listSessions(database.db, { actor, now: minutesOn(1), ...page });
    expect(own.items).toMatchObject([{ id: actor.session_id, user_id: actor.user_id, is_current: true }]);
    const all = await listSessions(database.db, { actor: admin, now: minutesOn(1), ...page });
    expect(all.items.map(({ id }) => id)).toEqual(
      expect.arrayContaining([admin.session_id, actor.session_id]),
    );
  });

  it('leaves out what is over, by silence too', async () => {
    const actor = await someone();
    const query = { actor, idle_minutes: 30, page: 1, page_size: 25 };
    expect(await listSessions(database.db, { ...query, now: minutesOn(29) })).toMatchObject({ total: 1 });
    expect(await listSessions(database.db, { ...query, now: minutesOn(31) })).toEqual({
      items: [],
      total: 0,
    });
  });

  it('ends a session at once, on every process; somebody else’s is not found', async () => {
    const [admin, actor, other] = [await someone('admin'), await someone(), await someone()];
    const id = actor.session_id ?? '';
    await expect(revokeSession(database.db, { id, actor: other, now: NOON })).rejects.toMatchObject({
      code: 'resource.not_found',
    });
    expect(await seen(actor, minutesOn(1), elsewhere.db)).not.toBeNull();
    await revokeSession(database.db, { id, actor: admin, now: minutesOn(1) });
    expect(await seen(actor, minutesOn(1), elsewhere.db)).toBeNull();
    await expect(revokeSession(database.db, { id, actor: admin, now: NOON })).rejects.toThrow();
  });
});
