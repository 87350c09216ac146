import { appendAudit, changesBetween } from '../audit/append-audit.ts';
import { AppError } from '../errors.ts';
import type { Db } from '../infra/db/database.ts';
import { requireRole } from './require-role.ts';
import { type Actor, ADMINS, type Role } from './user.ts';

type Change = {
  id: string;
  role?: Role | null | undefined;
  /** `claim` hands an overridden role back: the next sign-in decides. */
  role_source?: 'claim' | undefined;
  disabled?: boolean | undefined;
  actor: Actor;
  now: Date;
};

/**
 * Overrides an account's role or disables it; it counts from the account's next request, on every process. Throws
 * `user.own_account` where administrators would shut themselves out.
 */
export async function updateUser(db: Db, { id, role, role_source, disabled, actor, now }: Change) {
  requireRole(actor, ADMINS);
  if (id === actor.user_id && (disabled || (role !== undefined && role !== 'admin'))) {
    throw new AppError('user.own_account', 'Another administrator must take your own access away.');
  }
  return db.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('user')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!before) throw new AppError('resource.not_found', 'There is no such user.');
    const values = {
      ...(role === undefined ? {} : { role, role_source: 'override' as const }),
      ...(role_source ? { role_source } : {}),
      ...(disabled === undefined ? {} : { disabled_at: disabled ? (before.disabled_at ?? now) : null }),
    };
    const after = await tx
      .updateTable('user')
      .set({ ...values, updated_at: now })
      .where('id', '=', id)
      .returning(['id', 'email', 'name', 'role', 'role_source', 'disabled_at', 'created_at', 'updated_at'])
      .executeTakeFirstOrThrow();
    const changes = changesBetween(before, values);
    if (Object.keys(changes).length === 0) return after;
    await appendAudit(tx, {
      at: now,
      user_id: actor.user_id,
      action: 'user.updated',
      entity: 'user',
      entity_id: id,
      changes,
    });
    return after;
  });
}
