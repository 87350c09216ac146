import { sql } from 'kysely';
import { rulesInterpreter } from '../../app/calling/dialogue/rules-interpreter.ts';
import type { CallPorts } from '../../app/calling/ports.ts';
import { claimContacts } from '../../app/calling/scheduler/claim-contacts.ts';
import type { TelephonyProvider } from '../../app/calling/telephony/provider.ts';
import { twilioProvider } from '../../app/calling/telephony/twilio/twilio-provider.ts';
import { scriptContent, scriptHash, type Wording } from '../../app/campaigns/script.ts';
import { hashPhone } from '../../app/infra/crypto/hash.ts';
import { newId } from '../../app/infra/db/id.ts';
import { testDatabase } from '../support/database.ts';

export const ACCOUNT = `AC${'0123456789abcdef'.repeat(2)}`;
export const AUTH_TOKEN = 'a token of the tests';
export const OUTBOUND = '+390299990000';
const KEY = Buffer.alloc(32, 7);

/** Wednesday noon in Rome; windows of the world's campaigns are open. */
export const NOON = new Date('2026-11-25T11:00:00Z');

type Overrides = Partial<{
  max_attempts: number;
  retry_interval_minutes: number;
  status: 'running' | 'paused';
  allowed_call_start_local: string;
  allowed_call_end_local: string;
  allowed_weekdays: string[];
  call_on_public_holidays: boolean;
  time_zone: string | null;
  translated: boolean;
}>;

/** A database with what calls need, a clock that stands still, and helpers that read as sentences. */
export async function world(provider: Partial<TelephonyProvider> = {}) {
  const database = await testDatabase(20);
  const { db } = database;
  let now = NOON;
  let serial = 0;
  const user_id = newId();
  await db
    .insertInto('user')
    .values({
      id: user_id,
      oidc_issuer: 'i',
      oidc_sub: 's',
      email: 'm@example.com',
      name: 'M',
      created_at: now,
      updated_at: now,
    })
    .execute();
  const hungUp: string[] = [];
  const port: TelephonyProvider = {
    ...twilioProvider({
      account_sid: ACCOUNT,
      auth_token: AUTH_TOKEN,
      base_url: 'http://127.0.0.1:9',
      public_url: 'http://localhost:3000',
    }),
    hangUp: async (id) => {
      hungUp.push(id);
      return 'done';
    },
    ...provider,
  };
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  const ctx: CallPorts & { pool: typeof database.pool } = {
    db,
    pool: database.pool,
    log: quiet,
    now: () => now,
    phoneHash: (phone) => hashPhone(KEY, phone),
    provider: async () => port,
    settings: async () => ({
      provider_name: 'twilio',
      outbound_number: OUTBOUND,
      max_concurrent_calls: 10,
      calls_per_second: 100,
    }),
    config: { public_url: 'http://localhost:3000', ring_timeout_seconds: 25, call_time_limit_seconds: 300 },
    interpreter: rulesInterpreter,
  };

  async function zoneSet(country: string, time_zones: string[]): Promise<number> {
    const { rows } = await sql<{ id: number }>`
      insert into zone_set (country, time_zones) values (${country}, ${time_zones})
      on conflict (country, time_zones) do update set country = excluded.country returning id`.execute(db);
    return rows[0]!.id;
  }

  async function campaign(overrides: Overrides = {}): Promise<string> {
    const { translated, ...columns } = overrides;
    const id = newId();
    const wording: Wording = {
      language: 'en',
      organization_name: 'Acme Research',
      intro_script: 'Hello, this is an automated assistant of Acme Research. Do you agree to take part?',
      question_1_text: 'From 1 to 5, how satisfied are you?',
      question_2_text: 'How many rooms do you have?',
      question_3_text: 'What should we change?',
      question_1_type: 'scale',
      question_2_type: 'numeric',
      question_3_type: 'free_text',
      question_1_scale_min: 1,
      question_1_scale_max: 5,
      question_2_scale_min: null,
      question_2_scale_max: null,
      question_3_scale_min: null,
      question_3_scale_max: null,
      translations: translated
        ? {
            it: {
              intro_script:
                'Buongiorno, sono un assistente automatico di Acme Research. Acconsente a partecipare?',
              question_1_text: 'Da 1 a 5, quanto è soddisfatto?',
              question_2_text: 'Quante stanze ha?',
              question_3_text: 'Che cosa dovremmo cambiare?',
            },
          }
        : {},
    };
    await db
      .insertInto('campaign')
      .values({
        id,
        name: `Campaign ${id}`,
        status: 'running',
        ...wording,
        translations: JSON.stringify(wording.translations),
        max_attempts: 2,
        retry_interval_minutes: 30,
        allowed_call_start_local: '09:00',
        allowed_call_end_local: '20:00',
        allowed_weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
        created_by_user_id: user_id,
        created_at: now,
        updated_at: now,
        ...columns,
      })
      .execute();
    const content = scriptContent(wording);
    await db
      .insertInto('script_version')
      .values({
        campaign_id: id,
        version: 1,
        hash: scriptHash(content),
        content: JSON.stringify(content),
        created_at: now,
      })
      .execute();
    return id;
  }

  async function contacts(
    campaign_id: string,
    count: number,
    more: { phone_number?: string; zones?: string[]; preferred_language?: 'en' | 'it' } = {},
  ): Promise<string[]> {
    const zone_set_id = await zoneSet('IT', more.zones ?? ['Europe/Rome']);
    const rows = Array.from({ length: count }, () => {
      serial += 1;
      return {
        id: newId(),
        campaign_id,
        phone_number: more.phone_number ?? `+3933${String(10_000_000 + serial)}`,
        time_zones: more.zones ?? ['Europe/Rome'],
        preferred_language: more.preferred_language ?? ('auto' as const),
        zone_set_id,
        created_at: now,
        updated_at: now,
      };
    });
    for (let at = 0; at < rows.length; at += 500) {
      await db
        .insertInto('contact')
        .values(rows.slice(at, at + 500))
        .execute();
    }
    return rows.map(({ id }) => id);
  }

  const zonesOf = async (campaigns: string[]) => {
    const { rows } = await sql<{ campaign_id: string; zone_set_id: number; part: 2 | 3 | 4 }>`
      select distinct campaign_id, zone_set_id, 3 as part from contact where campaign_id = any(${campaigns}::uuid[])`.execute(
      db,
    );
    return rows;
  };

  return {
    ...database,
    ctx,
    hungUp,
    port,
    zoneSet,
    campaign,
    contacts,
    zonesOf,
    setNow: (moment: Date) => {
      now = moment;
    },
    later: (seconds: number) => {
      now = new Date(now.getTime() + seconds * 1_000);
      return now;
    },
    claim: async (campaigns: string[], want = 10) =>
      claimContacts(db, {
        now,
        max_concurrent_calls: 10,
        calls_per_second: 1_000,
        provider_name: 'twilio',
        want,
        open: await zonesOf(campaigns),
      }),
    attempt: (call_id: string) =>
      db.selectFrom('call_attempt').selectAll().where('call_id', '=', call_id).executeTakeFirst(),
    contact: async (id: string) => {
      const row = await db.selectFrom('contact').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
      return { ...row, phone_number: row.phone_number! };
    },
  };
}

export type World = Awaited<ReturnType<typeof world>>;
