import { appendAudit, changesBetween } from '../../audit/append-audit.ts';
import { requireRole } from '../../auth/require-role.ts';
import { type Actor, ADMINS } from '../../auth/user.ts';
import { AppError } from '../../errors.ts';
import type { Db, Tx } from '../../infra/db/database.ts';
import { newId } from '../../infra/db/id.ts';
import type { TemplateInput } from './template.ts';

type By = { actor: Actor; now: Date };

const notFound = () => new AppError('resource.not_found', 'There is no such e-mail template.');

/** A page of the templates, by type, name and language. */
export async function listEmailTemplates(db: Db, { page, page_size }: { page: number; page_size: number }) {
  const items = await db
    .selectFrom('email_template')
    .selectAll()
    .orderBy('type')
    .orderBy('name')
    .orderBy('locale')
    .limit(page_size)
    .offset((page - 1) * page_size)
    .execute();
  const { total } = await db
    .selectFrom('email_template')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return { items, total };
}

/** One template, or `resource.not_found`. */
export async function findEmailTemplate(db: Db, id: string) {
  const found = await db.selectFrom('email_template').selectAll().where('id', '=', id).executeTakeFirst();
  if (!found) throw notFound();
  return found;
}

/** The campaigns that write with a template, newest first; those that were deleted are not shown. */
export function campaignsUsing(db: Db, id: string) {
  return db
    .selectFrom('campaign')
    .select(['id', 'name', 'status'])
    .where('deleted_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('email_completed_template_id', '=', id),
        eb('email_refused_template_id', '=', id),
        eb('email_not_reached_template_id', '=', id),
      ]),
    )
    .orderBy('created_at', 'desc')
    .limit(100)
    .execute();
}

/** Adds a template; `template.name_taken` where name, type and language exist or there is another default. */
export async function createEmailTemplate(db: Db, { input, actor, now }: { input: TemplateInput } & By) {
  requireRole(actor, ADMINS);
  return db.transaction().execute(async (tx) => {
    const created = await tx
      .insertInto('email_template')
      .values({ id: newId(), ...input, created_at: now, updated_at: now })
      .returningAll()
      .executeTakeFirstOrThrow();
    await audit(tx, 'email_template.created', created.id, changesBetween({}, input), { actor, now });
    return created;
  });
}

/** Replaces a template; mails that were already sent stay as they were. */
export async function updateEmailTemplate(
  db: Db,
  { id, input, actor, now }: { id: string; input: TemplateInput } & By,
) {
  requireRole(actor, ADMINS);
  return db.transaction().execute(async (tx) => {
    const before = await findEmailTemplate(tx, id);
    const after = await tx
      .updateTable('email_template')
      .set({ ...input, updated_at: now })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await audit(tx, 'email_template.updated', id, changesBetween(before, input), { actor, now });
    return after;
  });
}

/** Takes a template away; `template.in_use` while a campaign names it or a mail was made from it. */
export async function deleteEmailTemplate(db: Db, { id, actor, now }: { id: string } & By): Promise<void> {
  requireRole(actor, ADMINS);
  await db.transaction().execute(async (tx) => {
    const deleted = await tx.deleteFrom('email_template').where('id', '=', id).executeTakeFirst();
    if (deleted.numDeletedRows === 0n) throw notFound();
    await audit(tx, 'email_template.deleted', id, {}, { actor, now });
  });
}

function audit(
  tx: Tx,
  action: string,
  entity_id: string,
  changes: ReturnType<typeof changesBetween>,
  { actor, now }: By,
) {
  return appendAudit(tx, {
    at: now,
    user_id: actor.user_id,
    action,
    entity: 'email_template',
    entity_id,
    changes,
  });
}
