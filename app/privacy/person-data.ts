import { appendAudit } from '../audit/append-audit.ts';
import { requireRole } from '../auth/require-role.ts';
import { type Actor, ADMINS } from '../auth/user.ts';
import type { Db, Tx } from '../infra/db/database.ts';
import { type Person, personOf } from './person.ts';

type Ctx = { db: Db; now(): Date; phoneHash(phone_number: string): Buffer };

/** Everything held about the person behind a contact, in all campaigns, at one moment (GDPR art. 15 and 20). Audited. */
export async function personData(ctx: Ctx, { contact_id, actor }: { contact_id: string; actor: Actor }) {
  requireRole(actor, ADMINS);
  const generated_at = ctx.now();
  const data = await ctx.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => gather(tx, ctx, await personOf(tx, contact_id)));
  // In a transaction of its own: in that snapshot the chain's last entry may be an old one.
  await ctx.db.transaction().execute((tx) =>
    appendAudit(tx, {
      at: generated_at,
      user_id: actor.user_id,
      action: 'person.data_exported',
      entity: 'contact',
      entity_id: contact_id,
      changes: { contact_ids: { previous: null, new: data.contacts.map(({ id }) => id) } },
    }),
  );
  return { generated_at, ...data };
}

async function gather(tx: Tx, { phoneHash }: Ctx, { phone_number, contact_ids: ids }: Person) {
  const calls = await callsOf(tx, ids);
  const attempt_ids = calls.map(({ id }) => id);
  const call_ids = calls.map(({ call_id }) => call_id);
  return {
    contacts: await contactsOf(tx, ids),
    calls,
    ...(await saidIn(tx, attempt_ids)),
    call_events: await eventsOf(tx, call_ids),
    survey_events: await surveyEventsOf(tx, ids),
    emails: await emailsOf(tx, ids),
    exclusions: phone_number === null ? [] : await exclusionsOf(tx, phoneHash(phone_number)),
    legal_holds: await tx.selectFrom('legal_hold').selectAll().where('contact_id', 'in', ids).execute(),
    exports: await exportsOf(tx, ids),
    audit_log: await auditOf(tx, ids),
  };
}

function surveyEventsOf(tx: Tx, ids: string[]) {
  return tx
    .selectFrom('event')
    .select(['id', 'event_type', 'contact_id', 'payload', 'created_at', 'published_at'])
    .where('contact_id', 'in', ids)
    .orderBy('created_at')
    .execute();
}

function auditOf(tx: Tx, ids: string[]) {
  return tx
    .selectFrom('audit_log_entry')
    .select(['at', 'action', 'entity_id', 'changes'])
    .where('entity', '=', 'contact')
    .where('entity_id', 'in', ids)
    .orderBy('id')
    .execute();
}

function contactsOf(tx: Tx, ids: string[]) {
  return tx
    .selectFrom('contact')
    .innerJoin('campaign', 'campaign.id', 'contact.campaign_id')
    .leftJoin('contact_import', 'contact_import.id', 'contact.contact_import_id')
    .selectAll('contact')
    .select(['campaign.name as campaign_name', 'campaign.organization_name'])
    .select(['contact_import.file_name as source_file', 'contact_import.created_at as imported_at'])
    .where('contact.id', 'in', ids)
    .orderBy('contact.created_at')
    .execute();
}

function callsOf(tx: Tx, ids: string[]) {
  return tx
    .selectFrom('call_attempt')
    .selectAll()
    .where('contact_id', 'in', ids)
    .orderBy('started_at')
    .execute();
}

/** What was said, agreed to and answered; nothing where nobody was ever called. */
async function saidIn(tx: Tx, attempt_ids: string[]) {
  if (attempt_ids.length === 0) return { consents: [], transcript: [], answers: [], survey_responses: [] };
  return {
    consents: await tx
      .selectFrom('consent_record')
      .selectAll()
      .where('call_attempt_id', 'in', attempt_ids)
      .execute(),
    transcript: await tx
      .selectFrom('transcript_turn')
      .selectAll()
      .where('call_attempt_id', 'in', attempt_ids)
      .orderBy('call_attempt_id')
      .orderBy('position')
      .execute(),
    answers: await tx
      .selectFrom('call_answer')
      .selectAll()
      .where('call_attempt_id', 'in', attempt_ids)
      .orderBy('call_attempt_id')
      .orderBy('question')
      .execute(),
    survey_responses: await tx
      .selectFrom('survey_response')
      .selectAll()
      .where('call_attempt_id', 'in', attempt_ids)
      .execute(),
  };
}

async function eventsOf(tx: Tx, call_ids: string[]) {
  if (call_ids.length === 0) return [];
  return tx
    .selectFrom('call_event')
    .select(['call_id', 'provider', 'type', 'occurred_at', 'received_at', 'payload'])
    .where('call_id', 'in', call_ids)
    .orderBy('id')
    .execute();
}

function emailsOf(tx: Tx, ids: string[]) {
  return tx
    .selectFrom('email_notification')
    .select(['id', 'to_email', 'status', 'skip_reason', 'attempts', 'provider_message_id'])
    .select(['created_at', 'updated_at'])
    .where('contact_id', 'in', ids)
    .orderBy('created_at')
    .execute();
}

function exclusionsOf(tx: Tx, phone_hash: Buffer) {
  return tx
    .selectFrom('exclusion_list_entry')
    .select(['id', 'phone_number', 'campaign_id', 'reason', 'source', 'created_at'])
    .where('phone_hash', '=', phone_hash)
    .execute();
}

/** Which results were handed out that may have had this person in them: to whom, and why. */
function exportsOf(tx: Tx, ids: string[]) {
  return tx
    .selectFrom('contact as k')
    .innerJoin('export as x', (join) =>
      join.onRef('x.campaign_id', '=', 'k.campaign_id').onRef('x.created_at', '>=', 'k.created_at'),
    )
    .innerJoin('user as u', 'u.id', 'x.user_id')
    .select(['x.id', 'k.id as contact_id', 'x.created_at', 'u.name as made_by', 'x.format', 'x.reason'])
    .where('k.id', 'in', ids)
    .orderBy('x.created_at')
    .execute();
}
