import { loadSettings } from '../../app/admin/settings.ts';
import { appendSurveyEvent } from '../../app/events/append-survey-event.ts';
import { relayEvents } from '../../app/events/relay-events.ts';
import { SURVEY_EVENTS, type SurveyEventMessage } from '../../app/events/survey-event.ts';
import { Secret } from '../../app/infra/config/secret.ts';
import { newId } from '../../app/infra/db/id.ts';
import { postgresBus } from '../../app/infra/messaging/postgres-bus.ts';
import { takeSurveyEvents } from '../../app/notifications/consume-survey-events.ts';
import { smtpMailer } from '../../app/notifications/mailers/smtp-mailer.ts';
import { sendDueEmails } from '../../app/notifications/send-due-emails.ts';
import { world } from '../calling/world.ts';
import type { PostOffice } from './post-office.ts';

/** The default letter of a completed survey, in English; migrations put it there. */
export const COMPLETED_EN = '018f0000-0000-7000-8000-000000000001';

/** A campaign whose events become letters, from the outbox to the post office, with a clock that only tests move. */
export async function mailRoom(office: PostOffice) {
  const w = await world();
  const { db } = w;
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const bus = postgresBus({ db, pool: w.pool, topic: SURVEY_EVENTS, now: w.ctx.now, log });
  const config = {
    public_url: 'https://surveys.example.com',
    phone_hash_key: new Secret(Buffer.alloc(32, 2)),
    smtp_url: new Secret(office.url),
    smtp_timeout_ms: 2_000,
    proxy: { https: null, http: null, bypass: [] },
    email_from: 'Surveys <surveys@example.com>',
    encryption_key: new Secret(Buffer.alloc(32, 1)),
    email_timeout_seconds: 2,
    email_max_attempts: 8,
  };
  const mailer = smtpMailer({ config, settings: () => loadSettings(db) });
  const ctx = { ...w.ctx, db, bus, mailer, log, config };
  const campaign_id = await w.campaign();
  const setTemplate = (id: string | null) =>
    db
      .updateTable('campaign')
      .set({ email_completed_template_id: id })
      .where('id', '=', campaign_id)
      .execute();
  await setTemplate(COMPLETED_EN);

  async function happen(
    contact: { email?: string | null; preferred_language?: 'en' | 'it' } = {},
  ): Promise<string> {
    const { email = 'someone@example.com', preferred_language = 'en' } = contact;
    const [contact_id] = await w.contacts(campaign_id, 1, { preferred_language });
    await db.updateTable('contact').set({ email }).where('id', '=', contact_id!).execute();
    const now = w.ctx.now();
    const fact = { campaign_id, contact_id: contact_id!, call_attempt_id: null, call_id: null };
    await db.transaction().execute((tx) =>
      appendSurveyEvent(tx, {
        ...fact,
        event_type: 'survey.completed',
        outcome: 'completed',
        attempts_count: 1,
        answers: [],
        now,
      }),
    );
    return contact_id!;
  }

  return {
    ...w,
    ctx,
    bus,
    campaign_id,
    setTemplate,
    happen,
    /** Carries what happened as far as the note of a mail. */
    note: async () => {
      await relayEvents(ctx, { now: w.ctx.now() });
      await bus.drain((batch) => takeSurveyEvents(ctx, batch));
    },
    /** Carries everything that is due now: outbox, bus, post office. */
    carry: async () => {
      while ((await relayEvents(ctx, { now: w.ctx.now() })) > 0);
      while ((await bus.drain((batch) => takeSurveyEvents(ctx, batch))) > 0);
      while ((await sendDueEmails(ctx)) > 0);
    },
    /** The bus delivers the contact's event once more. */
    repeat: async (contact_id: string) => {
      const { id, payload } = await db
        .selectFrom('event')
        .select(['id', 'payload'])
        .where('contact_id', '=', contact_id)
        .executeTakeFirstOrThrow();
      const body = payload as unknown as SurveyEventMessage;
      await bus.publish([{ key: id, group: contact_id, body }]);
    },
    letters: (contact_id: string) =>
      db.selectFrom('email_notification').selectAll().where('contact_id', '=', contact_id).execute(),
    letter: async (contact_id: string) =>
      db
        .selectFrom('email_notification')
        .selectAll()
        .where('contact_id', '=', contact_id)
        .executeTakeFirstOrThrow(),
    template: async (more: { subject?: string; body_html?: string; body_text?: string }) => {
      const id = newId();
      const times = { created_at: w.ctx.now(), updated_at: w.ctx.now() };
      const texts = { subject: 'S', body_html: '<p>B</p>', body_text: 'B', ...more };
      await db
        .insertInto('email_template')
        .values({ id, name: id, type: 'completed', locale: 'en', ...texts, ...times })
        .execute();
      return id;
    },
    close: async () => {
      await mailer.close();
      await w.close();
    },
  };
}

export type MailRoom = Awaited<ReturnType<typeof mailRoom>>;
