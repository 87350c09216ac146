import { appendAudit, changesBetween } from '../../audit/append-audit.ts';
import { requireRole } from '../../auth/require-role.ts';
import { type Actor, ADMINS } from '../../auth/user.ts';
import { AppError } from '../../errors.ts';
import type { Db, Tx } from '../../infra/db/database.ts';
import { newId } from '../../infra/db/id.ts';
import { type EgressRules, urlFault } from './egress.ts';
import { findWebhook } from './find-webhooks.ts';
import { newWebhookSecret } from './sign-webhook.ts';
import type { WebhookInput, WebhookUpdate } from './webhook.ts';
import { sealWebhookSecret } from './webhook-secret.ts';

type Deps = { db: Db; encryptionKey: Buffer; rules: EgressRules };
type By = { actor: Actor; now: Date };

// So long both secrets sign, and a receiver can change to the new one.
const OVERLAP_MS = 24 * 3_600_000;

/** Adds a receiver; the answer is the only one that shows its secret. */
export async function createWebhook(
  { db, encryptionKey, rules }: Deps,
  { input, actor, now }: { input: WebhookInput } & By,
) {
  requireRole(actor, ADMINS);
  refuseUrl(input.url, rules);
  const id = newId();
  const { secret: given, ...values } = input;
  const new_secret = given ?? newWebhookSecret();
  return db.transaction().execute(async (tx) => {
    await tx
      .insertInto('webhook')
      .values({
        id,
        ...values,
        secret: JSON.stringify(sealWebhookSecret(encryptionKey, id, new_secret)),
        created_by_user_id: actor.user_id,
        created_at: now,
        updated_at: now,
      })
      .execute();
    await audit(tx, 'webhook.created', id, changesBetween({}, values), { actor, now });
    return { ...(await findWebhook(tx, id)), new_secret };
  });
}

/** Replaces a receiver; a new secret is shown once, and the one before signs as well for a day. */
export async function updateWebhook(
  { db, encryptionKey, rules }: Deps,
  { id, input, actor, now }: { id: string; input: WebhookUpdate } & By,
) {
  requireRole(actor, ADMINS);
  refuseUrl(input.url, rules);
  const { secret: given, rotate_secret, ...values } = input;
  const new_secret = given ?? (rotate_secret ? newWebhookSecret() : undefined);
  return db.transaction().execute(async (tx) => {
    const before = await findWebhook(tx, id);
    const rotated = new_secret && {
      secret: JSON.stringify(sealWebhookSecret(encryptionKey, id, new_secret)),
      previous_secret_until: new Date(now.getTime() + OVERLAP_MS),
    };
    await tx
      .updateTable('webhook')
      .set(({ ref }) => ({ ...values, ...rotated, ...(rotated ? { previous_secret: ref('secret') } : {}) }))
      .set({ updated_at: now, ...(values.is_active ? { inactive_reason: null } : {}) })
      .where('id', '=', id)
      .execute();
    const changes = changesBetween(before as Record<string, unknown>, values);
    if (rotated) changes.secret = { previous: '[secret]', new: '[secret]' };
    await audit(tx, 'webhook.updated', id, changes, { actor, now });
    return { ...(await findWebhook(tx, id)), ...(new_secret ? { new_secret } : {}) };
  });
}

/** Takes a receiver away, with what it was not told yet. */
export async function deleteWebhook(db: Db, { id, actor, now }: { id: string } & By): Promise<void> {
  requireRole(actor, ADMINS);
  await db.transaction().execute(async (tx) => {
    const deleted = await tx.deleteFrom('webhook').where('id', '=', id).executeTakeFirst();
    if (deleted.numDeletedRows === 0n) throw new AppError('resource.not_found', 'There is no such webhook.');
    await audit(tx, 'webhook.deleted', id, {}, { actor, now });
  });
}

function refuseUrl(url: string, rules: EgressRules): void {
  const fault = urlFault(url, rules);
  if (!fault) return;
  throw new AppError('webhook.address_refused', `The address ${fault}.`, {
    errors: [{ field: 'url', message: fault }],
  });
}

function audit(
  tx: Tx,
  action: string,
  entity_id: string,
  changes: ReturnType<typeof changesBetween>,
  { actor, now }: By,
) {
  const entry = { action, entity: 'webhook', entity_id, changes };
  return appendAudit(tx, { at: now, user_id: actor.user_id, ...entry });
}
