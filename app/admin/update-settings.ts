import { z } from 'zod';
import { appendAudit, changesBetween } from '../audit/append-audit.ts';
import { requireRole } from '../auth/require-role.ts';
import { type Actor, ADMINS } from '../auth/user.ts';
import { AppError } from '../errors.ts';
import type { Db } from '../infra/db/database.ts';
import { callingDefaults, callingRules } from './calling-rules.ts';
import {
  type CredentialName,
  credentialView,
  type SealedCredentials,
  sealCredential,
  TELEPHONY_CREDENTIALS,
} from './credentials.ts';
import { isKnownModel } from './known-models.ts';
import { loadSettings, type Providers, type Settings } from './settings.ts';

const phone = z.string().regex(/^\+[1-9][0-9]{6,14}$/, 'must be a number such as +390299990000');
const days = z.number().int().min(1).max(3_650);
const secret = z.string().min(1).max(4_000).nullable().optional();

// A line break in a header would begin another header.
const mailHeader = z
  .string()
  .max(320)
  .regex(/^[^\r\n]*@[^\r\n]*$/, 'must be one address such as Surveys <surveys@example.com>');

/** Any subset of the settings; absent = unchanged, null takes a secret away. */
export const settingsInput = z.object({
  telephony: z
    .object({
      provider_type: z.enum(['telephony_api', 'voice_ai_platform']),
      provider_name: z.string().nullable(),
      outbound_number: phone.nullable(),
      max_concurrent_calls: z.number().int().min(1).max(10_000),
      calls_per_second: z.number().min(0.01).max(1_000),
      credentials: z
        .object({
          account_sid: secret,
          auth_token: secret,
          auth_token_secondary: secret,
          api_key_sid: secret,
          api_key_secret: secret,
        })
        .nullable(),
    })
    .partial()
    .optional(),
  llm: z
    .object({
      llm_provider: z.enum(['openai', 'anthropic', 'azure-openai', 'google', 'openai-compatible', 'none']),
      llm_model: z.string().nullable(),
      base_url: z.url().nullable(),
      timeout_ms: z.number().int().min(50).max(10_000),
      api_key: secret,
    })
    .partial()
    .optional(),
  email: z
    .object({
      transport: z.enum(['smtp', 'ses']),
      host: z.string().nullable(),
      port: z.number().int().min(1).max(65_535).nullable(),
      username: z.string().nullable(),
      password: secret,
      from: mailHeader.nullable(),
      reply_to: mailHeader.nullable(),
    })
    .partial()
    .optional(),
  retention: z
    .object({
      recording_retention_days: z.number().int().min(0).max(3_650),
      transcript_retention_days: days,
      consent_retention_days: days,
      answer_retention_days: days,
      phone_number_retention_days: days,
    })
    .partial()
    .optional(),
  topics: z.object({ politics_allowed: z.boolean() }).partial().optional(),
  defaults: z.object(callingRules).partial().optional(),
});
export type SettingsInput = z.infer<typeof settingsInput>;

type Deps = { db: Db; encryptionKey: Buffer; providers: Providers };

/** Changes the given settings and audits them by name; secrets are sealed, and never part of the audit. */
export async function updateSettings(
  { db, encryptionKey, providers }: Deps,
  change: { input: SettingsInput; actor: Actor; now: Date; expected_revision?: number | null },
): Promise<Settings> {
  const { input, actor, now, expected_revision = null } = change;
  requireRole(actor, ADMINS);
  return db.transaction().execute(async (tx) => {
    await tx.selectFrom('provider_config').select('id').forUpdate().execute();
    const before = await loadSettings(tx);
    if (expected_revision !== null && expected_revision !== before.revision) {
      throw new AppError('request.stale', 'Somebody else has changed the settings meanwhile.');
    }
    const values = plainValues(input);
    refuseUnknownProvider(providers, { ...before, ...values });
    refuseUnknownModel({ ...before, ...values });
    refuseEmptyWindow({ ...before, ...values });
    const credentials = changedCredentials(encryptionKey, before.credentials, input);
    await tx
      .updateTable('provider_config')
      .set({ ...values, credentials: JSON.stringify(credentials.stored), updated_at: now })
      .set((eb) => ({ revision: eb('revision', '+', 1) }))
      .execute();
    const changes = changesBetween(before as Record<string, unknown>, values);
    for (const name of credentials.changed) changes[name] = { previous: '[secret]', new: '[secret]' };
    if (Object.keys(changes).length > 0) {
      const entry = { action: 'settings.updated', entity: 'provider_config', entity_id: '1', changes };
      await appendAudit(tx, { at: now, user_id: actor.user_id, ...entry });
    }
    return loadSettings(tx);
  });
}

/** The settings as an administrator reads them: every secret is `configured` and its last four characters. */
export function settingsView(settings: Settings) {
  const secretOf = (name: CredentialName) => credentialView(settings.credentials, name);
  return {
    revision: settings.revision,
    topics: { politics_allowed: settings.politics_allowed },
    defaults: callingDefaults(settings),
    telephony: {
      provider_type: settings.provider_type,
      provider_name: settings.provider_name,
      outbound_number: settings.outbound_number,
      max_concurrent_calls: settings.max_concurrent_calls,
      calls_per_second: settings.calls_per_second,
      credentials: {
        account_sid: secretOf('account_sid'),
        auth_token: secretOf('auth_token'),
        auth_token_secondary: secretOf('auth_token_secondary'),
        api_key_sid: secretOf('api_key_sid'),
        api_key_secret: secretOf('api_key_secret'),
      },
    },
    llm: {
      llm_provider: settings.llm_provider,
      llm_model: settings.llm_model,
      base_url: settings.llm_base_url,
      timeout_ms: settings.llm_timeout_ms,
      api_key: secretOf('api_key'),
    },
    email: {
      transport: settings.email_transport,
      host: settings.email_host,
      port: settings.email_port,
      username: settings.email_username,
      password: secretOf('smtp_password'),
      from: settings.email_from,
      reply_to: settings.email_reply_to,
    },
    retention: {
      recording_retention_days: settings.recording_retention_days,
      transcript_retention_days: settings.transcript_retention_days,
      consent_retention_days: settings.consent_retention_days,
      answer_retention_days: settings.answer_retention_days,
      phone_number_retention_days: settings.phone_number_retention_days,
    },
  };
}

function plainValues({
  telephony,
  llm,
  email,
  retention,
  topics,
  defaults,
}: SettingsInput): Record<string, unknown> {
  const { credentials: _sid, ...telephonyValues } = telephony ?? {};
  const values = {
    ...telephonyValues,
    llm_provider: llm?.llm_provider,
    llm_model: llm?.llm_model,
    llm_base_url: llm?.base_url,
    llm_timeout_ms: llm?.timeout_ms,
    email_transport: email?.transport,
    email_host: email?.host,
    email_port: email?.port,
    email_username: email?.username,
    email_from: email?.from,
    email_reply_to: email?.reply_to,
    default_max_attempts: defaults?.max_attempts,
    default_retry_interval_minutes: defaults?.retry_interval_minutes,
    default_call_start_local: defaults?.allowed_call_start_local,
    default_call_end_local: defaults?.allowed_call_end_local,
    default_weekdays: defaults?.allowed_weekdays,
    default_call_on_public_holidays: defaults?.call_on_public_holidays,
    default_time_zone: defaults?.time_zone,
    ...retention,
    ...topics,
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function refuseUnknownProvider(providers: Providers, { provider_type, provider_name }: Settings): void {
  if (provider_name === null || providers[provider_type].includes(provider_name)) return;
  throw new AppError('settings.unknown_provider', 'There is no such provider of this type.', {
    errors: [{ field: 'telephony.provider_name', message: 'There is no such provider of this type.' }],
  });
}

function refuseUnknownModel(settings: Settings): void {
  if (isKnownModel(settings)) return;
  const message = 'This provider has no model of that name.';
  throw new AppError('settings.unknown_model', message, { errors: [{ field: 'llm.llm_model', message }] });
}

function refuseEmptyWindow(settings: Settings): void {
  if (settings.default_call_start_local < settings.default_call_end_local) return;
  const message = 'The end of the calling hours must be after their start.';
  const errors = [{ field: 'defaults.allowed_call_end_local', message }];
  throw new AppError('request.invalid', message, { errors });
}

function changedCredentials(key: Buffer, before: SealedCredentials, input: SettingsInput) {
  const telephony = input.telephony?.credentials;
  const given: [CredentialName, string | null | undefined][] = [
    ...TELEPHONY_CREDENTIALS.map((name): [CredentialName, string | null | undefined] => [
      name,
      // The whole account taken away, or what is said of this secret.
      telephony === null ? null : telephony?.[name],
    ]),
    ['api_key', input.llm?.api_key],
    ['smtp_password', input.email?.password],
  ];
  const stored = { ...before };
  const changed = given.filter(([, value]) => value !== undefined).map(([name]) => name);
  for (const [name, value] of given) {
    if (value === null) delete stored[name];
    else if (value !== undefined) stored[name] = sealCredential(key, name, value);
  }
  return { stored, changed };
}
