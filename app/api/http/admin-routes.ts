import { z } from 'zod';
import { LLM_VENDORS } from '../../admin/known-models.ts';
import { listSettingsVersions } from '../../admin/list-settings-versions.ts';
import { loadSettings } from '../../admin/settings.ts';
import { SECTIONS, TESTED, testConnection } from '../../admin/test-connection.ts';
import { settingsInput, settingsView, updateSettings } from '../../admin/update-settings.ts';
import { findUser, listUsers } from '../../auth/list-users.ts';
import { updateUser } from '../../auth/update-user.ts';
import { callingRulesSchema } from './calling-rules-schema.ts';
import { paged, pageQuery, toPage } from './paging.ts';
import { ADMINS, route } from './route.ts';
import { testPorts } from './test-ports.ts';

const role = z.enum(['admin', 'campaign_manager', 'viewer']).nullable();
const secret = z.object({ configured: z.boolean(), last_four: z.string().nullable() });
const settingsAnswer = z.object({
  revision: z.number(),
  topics: z.object({ politics_allowed: z.boolean() }),
  defaults: callingRulesSchema,
  telephony: z.object({
    provider_type: z.string(),
    provider_name: z.string().nullable(),
    outbound_number: z.string().nullable(),
    max_concurrent_calls: z.number(),
    calls_per_second: z.number(),
    credentials: z.object({
      account_sid: secret,
      auth_token: secret,
      auth_token_secondary: secret,
      api_key_sid: secret,
      api_key_secret: secret,
    }),
  }),
  llm: z.object({
    llm_provider: z.string(),
    llm_model: z.string().nullable(),
    base_url: z.string().nullable(),
    timeout_ms: z.number(),
    api_key: secret,
  }),
  email: z.object({
    transport: z.string(),
    host: z.string().nullable(),
    port: z.number().nullable(),
    username: z.string().nullable(),
    password: secret,
    from: z.string().nullable(),
    reply_to: z.string().nullable(),
  }),
  retention: z.object({
    recording_retention_days: z.number(),
    transcript_retention_days: z.number(),
    consent_retention_days: z.number(),
    answer_retention_days: z.number(),
    phone_number_retention_days: z.number(),
  }),
});
const { telephony, llm, email, ...rest } = settingsAnswer.omit({ revision: true }).shape;
const versionAnswer = z.object({
  ...rest,
  telephony: telephony.omit({ credentials: true }),
  llm: llm.omit({ api_key: true }),
  email: email.omit({ password: true }),
});
const user = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role,
  role_source: z.string(),
  disabled_at: z.date().nullable(),
  created_at: z.date(),
  updated_at: z.date(),
});
/** The revision that somebody read; null where nobody asks for it. One that is none matches nothing. */
function revisionOf(ifMatch: string | undefined): number | null {
  if (ifMatch === undefined || ifMatch === '*') return null;
  const digits = /^(?:W\/)?"?(\d{1,9})"?$/.exec(ifMatch)?.[1];
  return digits === undefined ? -1 : Number(digits);
}

export const adminRoutes = [
  route({
    method: 'GET',
    path: '/api/admin/config',
    access: ADMINS,
    summary: 'How the product is run',
    tag: 'admin',
    response: settingsAnswer,
    handle: async ({ ctx }) => settingsView(await loadSettings(ctx.db)),
  }),
  route({
    method: 'GET',
    path: '/api/admin/config/options',
    access: ADMINS,
    summary: 'What the settings can be chosen from: providers as their adapters tell them, vendors of models',
    tag: 'admin',
    response: z.object({
      providers: z.object({ telephony_api: z.array(z.string()), voice_ai_platform: z.array(z.string()) }),
      llm_providers: z.array(
        z.object({
          llm_provider: z.string(),
          needs_api_key: z.boolean(),
          needs_base_url: z.boolean(),
          model_example: z.string().nullable(),
        }),
      ),
    }),
    handle: async ({ ctx }) => ({
      providers: {
        telephony_api: [...ctx.providers.telephony_api],
        voice_ai_platform: [...ctx.providers.voice_ai_platform],
      },
      llm_providers: LLM_VENDORS,
    }),
  }),
  route({
    method: 'PUT',
    path: '/api/admin/config',
    access: ADMINS,
    summary: 'Change any subset of the settings',
    tag: 'admin',
    body: settingsInput,
    response: settingsAnswer,
    handle: async ({ ctx, body, actor, request }) => {
      const { db, config, providers } = ctx;
      const expected_revision = revisionOf(request.headers['if-match']);
      const deps = { db, encryptionKey: config.encryption_key.reveal(), providers };
      return settingsView(
        await updateSettings(deps, { input: body, actor, now: ctx.now(), expected_revision }),
      );
    },
  }),
  route({
    method: 'GET',
    path: '/api/admin/config/versions',
    access: ADMINS,
    summary: 'The settings as they were, the present ones first; never a secret',
    tag: 'admin',
    query: pageQuery,
    response: paged(
      z.object({
        audit_id: z.number().nullable(),
        at: z.date().nullable(),
        user_name: z.string().nullable(),
        changed: z.array(z.string()),
        settings: versionAnswer,
      }),
    ),
    handle: async ({ ctx, query }) => {
      const { items, total } = await listSettingsVersions(ctx.db, query);
      return toPage(items, total, query);
    },
  }),
  route({
    method: 'POST',
    path: '/api/admin/config/test',
    access: ADMINS,
    summary: 'Try the stored settings of one section; no address inside the own network is asked',
    tag: 'admin',
    body: z.object({ section: z.enum(SECTIONS) }),
    response: z.object({
      section: z.enum(SECTIONS),
      ok: z.boolean(),
      code: z.string(),
      message: z.string(),
    }),
    handle: async ({ ctx, body, actor, language }) => {
      const { ok, code } = await testConnection(await testPorts(ctx), body.section, actor);
      return { section: body.section, ok, code, message: TESTED[code][language] };
    },
  }),
  route({
    method: 'GET',
    path: '/api/admin/users',
    access: ADMINS,
    summary: 'Accounts',
    tag: 'admin',
    query: pageQuery,
    response: paged(user),
    handle: async ({ ctx, query }) => {
      const { items, total } = await listUsers(ctx.db, query);
      return toPage(items, total, query);
    },
  }),
  route({
    method: 'PUT',
    path: '/api/admin/users/:id',
    access: ADMINS,
    subject: ({ db }, { id }) => findUser(db, id),
    summary: 'Override a role, disable an account',
    tag: 'admin',
    params: z.object({ id: z.string() }),
    body: z.object({
      role: role.optional(),
      role_source: z.literal('claim').optional(),
      disabled: z.boolean().optional(),
    }),
    response: user,
    handle: async ({ ctx, params, body, actor }) =>
      updateUser(ctx.db, { ...params, ...body, actor, now: ctx.now() }),
  }),
];
