import { type Selectable, sql } from 'kysely';
import { appendAudit } from '../audit/append-audit.ts';
import { AppError } from '../errors.ts';
import type { Db } from '../infra/db/database.ts';
import { newId } from '../infra/db/id.ts';
import type { User } from '../infra/db/tables.ts';
import type { Identity } from './claims.ts';
import type { Account } from './user.ts';

type Known = Pick<Selectable<User>, 'id' | 'email' | 'name' | 'role' | 'disabled_at'>;

/**
 * Finds or creates the account of an identity, key = issuer + subject, and takes over e-mail, name and role (unless an
 * administrator set the role). Throws `auth.email_taken` and `auth.disabled`.
 */
export async function rememberUser(
  db: Db,
  { identity, now }: { identity: Identity; now: Date },
): Promise<Account> {
  // A program sends its token with every request: what has not changed costs no write.
  const user = (await findUnchanged(db, identity)) ?? (await storeUser(db, identity, now));
  if (user.disabled_at) throw new AppError('auth.disabled', 'This account is disabled.');
  return { user_id: user.id, email: user.email, name: user.name, role: user.role, session_id: null };
}

async function findUnchanged(db: Db, { issuer, sub, email, name, role }: Identity) {
  return db
    .selectFrom('user')
    .select(['id', 'email', 'name', 'role', 'disabled_at'])
    .where('oidc_issuer', '=', issuer)
    .where('oidc_sub', '=', sub)
    .where('email', '=', email)
    .where('name', '=', name)
    .where(sql<boolean>`(role_source = 'override' or role is not distinct from ${role}::user_role)`)
    .executeTakeFirst();
}

async function storeUser(db: Db, identity: Identity, now: Date): Promise<Known> {
  const { issuer, sub, email, name, role } = identity;
  await refuseTakenEmail(db, identity, now);
  return db
    .insertInto('user')
    .values({
      id: newId(),
      oidc_issuer: issuer,
      oidc_sub: sub,
      email,
      name,
      role,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) =>
      conflict.constraint('user_subject_unique').doUpdateSet({
        email,
        name,
        role: sql`case when "user".role_source = 'claim' then excluded.role else "user".role end`,
        updated_at: now,
      }),
    )
    .returning(['id', 'email', 'name', 'role', 'disabled_at'])
    .executeTakeFirstOrThrow();
}

async function refuseTakenEmail(db: Db, { issuer, sub, email }: Identity, now: Date): Promise<void> {
  const holder = await db
    .selectFrom('user')
    .select(['id', 'oidc_issuer', 'oidc_sub'])
    .where(sql<string>`lower(email)`, '=', email.toLowerCase())
    .executeTakeFirst();
  if (!holder || (holder.oidc_issuer === issuer && holder.oidc_sub === sub)) return;
  await db.transaction().execute((tx) =>
    appendAudit(tx, {
      at: now,
      user_id: null,
      action: 'auth.email_taken',
      entity: 'user',
      entity_id: holder.id,
    }),
  );
  throw new AppError('auth.email_taken', 'This e-mail address belongs to another account.');
}
