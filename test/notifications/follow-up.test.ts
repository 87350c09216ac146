import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { loadSettings } from '../../app/admin/settings.ts';
import { campaignInput } from '../../app/campaigns/campaign-input.ts';
import { createCampaign } from '../../app/campaigns/create-campaign.ts';
import { appendSurveyEvent } from '../../app/events/append-survey-event.ts';
import { relayEvents } from '../../app/events/relay-events.ts';
import { SURVEY_EVENTS } from '../../app/events/survey-event.ts';
import { Secret } from '../../app/infra/config/secret.ts';
import { newId } from '../../app/infra/db/id.ts';
import { postgresBus } from '../../app/infra/messaging/postgres-bus.ts';
import { createLog } from '../../app/infra/observability/log.ts';
import { work } from '../../app/notifications/run-email-worker.ts';
import { smtpMailer } from '../../app/notifications/smtp-mailer.ts';
import { CAMPAIGNS } from '../../embedded/demo/campaigns.ts';
import { freePort } from '../../embedded/free-port.ts';
import { testDatabase } from '../support/database.ts';

// A mail server that answers as it is told, and remembers what it accepted: its record is the truth.
let answer: number;
let accepted: string[];
let server: SMTPServer;
let port: number;
let t: Awaited<ReturnType<typeof testDatabase>>;
let now = new Date('2026-05-05T10:00:00Z');

beforeAll(async () => {
  t = await testDatabase();
  port = await freePort();
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      stream.resume();
      stream.on('end', () => {
        if (answer >= 400) return done(Object.assign(new Error('told to'), { responseCode: answer }));
        for (const { address } of session.envelope.rcptTo) accepted.push(address);
        done(null);
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
});
afterAll(async () => {
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await t.close();
});
beforeEach(() => {
  answer = 250;
  accepted = [];
});

function context() {
  const config = {
    smtp_url: new Secret(`smtp://127.0.0.1:${port}`),
    email_from: 'Surveys <surveys@example.com>',
    encryption_key: new Secret(Buffer.alloc(32)),
  };
  const mailer = smtpMailer({ config, settings: () => loadSettings(t.db) });
  return { db: t.db, pool: t.pool, bus: postgresBus(t.db), mailer, log: createLog('silent'), now: () => now };
}

async function someoneRefuses(email: string | null): Promise<string> {
  const user_id = newId();
  const at = { created_at: now, updated_at: now };
  await t.db
    .insertInto('user')
    .values({
      id: user_id,
      oidc_issuer: 'i',
      oidc_sub: user_id,
      email: `${user_id}@x.example`,
      name: 'n',
      ...at,
    })
    .execute();
  const template = await t.db
    .selectFrom('email_template')
    .select('id')
    .where('type', '=', 'refused')
    .where('locale', '=', 'it')
    .executeTakeFirstOrThrow();
  const campaign = campaignInput.parse({ ...CAMPAIGNS.en, email_refused_template_id: template.id });
  const { id: campaign_id } = await createCampaign(t.db, { campaign, actor: { user_id }, now });
  const zone = await t.db
    .insertInto('zone_set')
    .values({ country: 'GB', time_zones: [campaign_id] })
    .returning('id')
    .executeTakeFirstOrThrow();
  const contact_id = newId();
  await t.db
    .insertInto('contact')
    .values({
      id: contact_id,
      campaign_id,
      phone_number: '+447400123456',
      email,
      zone_set_id: zone.id,
      ...at,
    })
    .execute();
  await t.db.transaction().execute((tx) =>
    appendSurveyEvent(tx, {
      event_type: 'survey.refused',
      campaign_id,
      contact_id,
      call_attempt_id: null,
      call_id: null,
      outcome: 'refused',
      attempts_count: 1,
      answers: null,
      now,
    }),
  );
  return contact_id;
}

async function drain(): Promise<void> {
  const ctx = context();
  while ((await relayEvents(ctx, { now })) > 0);
  while ((await work(ctx)) > 0);
  await ctx.mailer.close();
}

const fate = (contact_id: string) =>
  t.db
    .selectFrom('email_notification')
    .select(['status', 'attempts', 'skip_reason'])
    .where('contact_id', '=', contact_id)
    .execute();

it('sends one mail in the contact’s language, however often the event comes', async () => {
  const contact_id = await someoneRefuses('one@example.net');
  const two = await Promise.all([relayEvents(context(), { now }), relayEvents(context(), { now })]);
  expect(two.reduce((sum, count) => sum + count, 0)).toBe(1);
  const event = await t.db
    .selectFrom('event')
    .select(['id', 'payload'])
    .where('contact_id', '=', contact_id)
    .executeTakeFirstOrThrow();
  await postgresBus(t.db).publish(SURVEY_EVENTS, [{ key: event.id, body: event.payload }], now);
  await drain();
  expect(accepted).toEqual(['one@example.net']);
  expect(await fate(contact_id)).toMatchObject([{ status: 'sent', attempts: 1 }]);
});

it('says why nobody was written to', async () => {
  const contact_id = await someoneRefuses(null);
  await drain();
  expect(await fate(contact_id)).toMatchObject([{ status: 'skipped', skip_reason: 'no_address' }]);
});

it('tries again after a temporary refusal, and not after a final one', async () => {
  answer = 421;
  const contact_id = await someoneRefuses('later@example.net');
  await drain();
  expect(await fate(contact_id)).toMatchObject([{ status: 'pending', attempts: 1 }]);
  answer = 250;
  now = new Date(now.getTime() + 3_600_000);
  await drain();
  expect(accepted).toEqual(['later@example.net']);
  answer = 550;
  const refused = await someoneRefuses('gone@example.net');
  await drain();
  expect(await fate(refused)).toMatchObject([{ status: 'failed', attempts: 1 }]);
});

it('never sends again what a dying process may have sent', async () => {
  const contact_id = await someoneRefuses('maybe@example.net');
  const ctx = context();
  await relayEvents(ctx, { now });
  const messages = await ctx.bus.receive(SURVEY_EVENTS, 10, 60, now);
  expect(messages).toHaveLength(1);
  now = new Date(now.getTime() + 61_000);
  answer = 250;
  await drain();
  await t.db
    .updateTable('email_notification')
    .set({ status: 'sending', lease_until: now })
    .where('contact_id', '=', contact_id)
    .execute();
  now = new Date(now.getTime() + 1_000);
  await drain();
  expect(await fate(contact_id)).toMatchObject([{ status: 'unknown' }]);
  expect(accepted).toEqual(['maybe@example.net']);
});
