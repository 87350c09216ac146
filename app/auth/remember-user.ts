import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { appendAudit } from '../audit/append-audit.ts';
import { AppError } from '../errors.ts';
import type { Db, Tx } from '../infra/db/database.ts';
import { newId } from '../infra/db/id.ts';
import type { User } from '../infra/db/tables.ts';
import type { Identity } from './claims.ts';
import type { Account } from './user.ts';

const COLUMNS = ['id', 'email', 'name', 'role', 'role_source', 'disabled_at'] as const;
type Known = Pick<Selectable<User>, (typeof COLUMNS)[number]>;

/**
 * Finds or creates the account of an identity, key = issuer + subject, and takes over what its claims say: e-mail, name
 * and role (unless an administrator set the role). Throws `auth.email_taken` and `auth.disabled`.
 */
export async function rememberUser(
  db: Db,
  { identity, now }: { identity: Identity; now: Date },
): Promise<Account> {
  const known = await findKnown(db, identity);
  // A program sends its token with every request: what has not changed costs no write.
  const user = known && !differs(known, identity) ? known : await storeUser(db, identity, now);
  if (user.disabled_at) throw new AppError('auth.disabled', 'This account is disabled.');
  const role = identity.role === undefined && user.role_source === 'claim' ? null : user.role;
  return { user_id: user.id, email: user.email, name: user.name, role, session_id: null };
}

function findKnown(db: Db, { issuer, sub }: Identity): Promise<Known | undefined> {
  return db
    .selectFrom('user')
    .select(COLUMNS)
    .where('oidc_issuer', '=', issuer)
    .where('oidc_sub', '=', sub)
    .executeTakeFirst();
}

function differs(known: Known, identity: Identity): boolean {
  const { email, name, role } = claimed(known, identity);
  return email !== known.email || name !== known.name || role !== known.role;
}

/** What the account is to hold: what the claims say, and what is known where they are silent. */
function claimed(known: Known | undefined, { sub, email, name, role }: Identity) {
  return {
    // A program has no address. RFC 2606 §2: no mail can ever reach this one.
    email: email ?? known?.email ?? `${encodeURIComponent(sub)}@program.invalid`,
    name: name ?? known?.name ?? sub,
    role: role === undefined || known?.role_source === 'override' ? (known?.role ?? null) : role,
  };
}

async function storeUser(db: Db, identity: Identity, now: Date): Promise<Known> {
  try {
    return await db.transaction().execute(async (tx) => {
      await refuseTakenEmail(tx, identity);
      return (await createUser(tx, identity, now)) ?? (await refreshUser(tx, identity, now));
    });
  } catch (error) {
    // The index has the last word when two sign in at once.
    const isTaken =
      (error as { constraint?: string }).constraint === 'user_email_unique' ||
      (error instanceof AppError && error.code === 'auth.email_taken');
    if (!isTaken) throw error;
    const entry = { action: 'auth.email_taken', entity: 'user', entity_id: null };
    await db.transaction().execute((tx) => appendAudit(tx, { at: now, user_id: null, ...entry }));
    throw new AppError('auth.email_taken', 'This e-mail address belongs to another account.');
  }
}

/** Null where the account is known by now. */
async function createUser(tx: Tx, identity: Identity, now: Date): Promise<Known | null> {
  const { issuer, sub } = identity;
  const values = claimed(undefined, identity);
  const ids = { id: newId(), oidc_issuer: issuer, oidc_sub: sub };
  const created = await tx
    .insertInto('user')
    .values({ ...ids, ...values, created_at: now, updated_at: now })
    .onConflict((conflict) => conflict.constraint('user_subject_unique').doNothing())
    .returning(COLUMNS)
    .executeTakeFirst();
  if (!created) return null;
  const changes = { role: { previous: null, new: created.role } };
  const entry = { action: 'user.created', entity: 'user', entity_id: created.id, changes };
  await appendAudit(tx, { at: now, user_id: created.id, ...entry });
  return created;
}

async function refreshUser(tx: Tx, identity: Identity, now: Date): Promise<Known> {
  const before = await tx
    .selectFrom('user')
    .select(COLUMNS)
    .where('oidc_issuer', '=', identity.issuer)
    .where('oidc_sub', '=', identity.sub)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const after = claimed(before, identity);
  await tx
    .updateTable('user')
    .set({ ...after, updated_at: now })
    .where('id', '=', before.id)
    .execute();
  if (after.role !== before.role) {
    const changes = { role: { previous: before.role, new: after.role } };
    const entry = { action: 'user.role_changed', entity: 'user', entity_id: before.id, changes };
    await appendAudit(tx, { at: now, user_id: null, ...entry });
  }
  return { ...before, ...after };
}

async function refuseTakenEmail(tx: Tx, { issuer, sub, email }: Identity): Promise<void> {
  if (email === null) return;
  const holder = await tx
    .selectFrom('user')
    .select(['oidc_issuer', 'oidc_sub'])
    .where(sql<string>`lower(email)`, '=', email.toLowerCase())
    .executeTakeFirst();
  if (!holder || (holder.oidc_issuer === issuer && holder.oidc_sub === sub)) return;
  throw new AppError('auth.email_taken', 'This e-mail address belongs to another account.');
}
