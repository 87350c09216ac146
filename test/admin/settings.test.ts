import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCredentials, type SealedCredentials } from '../../app/admin/credentials.ts';
import { loadSettings } from '../../app/admin/settings.ts';
import {
  type SettingsInput,
  settingsInput,
  settingsView,
  updateSettings,
} from '../../app/admin/update-settings.ts';
import type { Actor } from '../../app/auth/user.ts';
import { newId } from '../../app/infra/db/id.ts';
import { testDatabase } from '../support/database.ts';

const NOW = new Date('2026-11-25T11:00:00Z');
const KEY = randomBytes(32);
const PROVIDERS = { telephony_api: ['twilio'], voice_ai_platform: ['speaker'] };
const ADMIN: Actor = { user_id: newId(), role: 'admin', email: 'a@example.com', name: 'A', session_id: null };
const CANARY = 'canary-of-the-secrets-9876';

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function put(input: SettingsInput) {
  const deps = { db: database.db, encryptionKey: KEY, providers: PROVIDERS };
  const given = settingsInput.parse(input);
  return settingsView(await updateSettings(deps, { input: given, actor: ADMIN, now: NOW }));
}
const stored = async (): Promise<SealedCredentials> => (await loadSettings(database.db)).credentials;
const lastEntry = () =>
  database.db
    .selectFrom('audit_log_entry')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();

describe('the settings', () => {
  it('change where they are given and stay where they are not', async () => {
    await put({ telephony: { provider_name: 'twilio', calls_per_second: 2.5 } });
    const settings = await put({ retention: { transcript_retention_days: 90 } });
    expect(settings.telephony).toMatchObject({ provider_name: 'twilio', calls_per_second: 2.5 });
    expect(settings.retention).toMatchObject({ transcript_retention_days: 90, recording_retention_days: 30 });
    expect(await lastEntry()).toMatchObject({
      action: 'settings.updated',
      user_id: ADMIN.user_id,
      changes: { transcript_retention_days: { previous: 180, new: 90 } },
    });
  });

  it('that change nothing leave no trace', async () => {
    await put({ llm: { llm_provider: 'none' } });
    const before = await lastEntry();
    await put({ llm: { llm_provider: 'none' } });
    expect(await lastEntry()).toEqual(before);
  });

  it.each<[string, SettingsInput]>([
    ['a provider that nobody knows', { telephony: { provider_name: 'nobody' } }],
    ['a provider of the other type', { telephony: { provider_name: 'speaker' } }],
  ])('refuse %s', async (_name, input) => {
    await expect(put(input)).rejects.toMatchObject({
      code: 'settings.unknown_provider',
      errors: [{ field: 'telephony.provider_name' }],
    });
  });

  it('take a provider together with its type', async () => {
    const telephony = { provider_type: 'voice_ai_platform', provider_name: 'speaker' } as const;
    expect((await put({ telephony })).telephony).toMatchObject(telephony);
    await put({ telephony: { provider_type: 'telephony_api', provider_name: 'twilio' } });
  });
});

describe('a secret', () => {
  it('is read back as configured with its last four characters, and nowhere in the clear', async () => {
    const view = await put({ telephony: { credentials: { auth_token: CANARY } } });
    const none = { configured: false, last_four: null };
    expect(view.telephony.credentials).toEqual({
      account_sid: none,
      auth_token: { configured: true, last_four: '9876' },
      auth_token_secondary: none,
      api_key_sid: none,
      api_key_secret: none,
    });
    const { changes } = await lastEntry();
    expect(changes).toEqual({ auth_token: { previous: '[secret]', new: '[secret]' } });
    const row = await database.db.selectFrom('provider_config').selectAll().executeTakeFirst();
    expect(JSON.stringify([view, row, changes])).not.toContain(CANARY.slice(0, -4));
    expect(openCredentials(KEY, await stored())).toEqual({ auth_token: CANARY });
  });

  it('stays when it is not named, and goes with null', async () => {
    await put({ llm: { api_key: CANARY }, email: { password: CANARY } });
    const view = await put({ llm: { api_key: null } });
    expect(view.llm.api_key).toEqual({ configured: false, last_four: null });
    expect(view.email.password.configured).toBe(true);
    await put({ telephony: { credentials: null } });
    expect(Object.keys(await stored())).toEqual(['smtp_password']);
  });

  it('that is short shows nothing of itself', async () => {
    const view = await put({ llm: { api_key: 'tiny' } });
    expect(view.llm.api_key).toEqual({ configured: true, last_four: '' });
  });

  it('opens in its own place only, and under its own key', async () => {
    await put({ telephony: { credentials: { account_sid: 'AC-one-of-them', auth_token: CANARY } } });
    const { account_sid, auth_token } = await stored();
    const moved = { account_sid: auth_token, auth_token: account_sid } as SealedCredentials;
    expect(() => openCredentials(KEY, moved)).toThrow();
    expect(() => openCredentials(randomBytes(32), { auth_token } as SealedCredentials)).toThrow();
  });
});
