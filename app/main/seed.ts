import { updateSettings } from '../admin/update-settings.ts';
import { rememberUser } from '../auth/remember-user.ts';
import type { Context } from '../context.ts';

// Who signs in at the identity provider that comes with this product; at another one they are rows and no more.
const PEOPLE = [
  { sub: '5f0c7a52-admin', email: 'admin@example.com', name: 'Ada Amministratrice', role: 'admin' },
  { sub: '5f0c7a52-manager', email: 'manager@example.com', name: 'Marco Manager', role: 'campaign_manager' },
  { sub: '5f0c7a52-viewer', email: 'viewer@example.com', name: 'Vera Viewer', role: 'viewer' },
] as const;

// Of no account anywhere: they open the carrier that was started with them, and nothing else.
const LOCAL_ACCOUNT = { account_sid: `AC${'0'.repeat(32)}`, auth_token: 'local-use-only' };

/**
 * A user of each role and a provider to dial with, for local use; what is there already is left alone. Answers a line for
 * each. Throws in production.
 */
export async function seed({ config, db, now, providers, settings }: Context): Promise<string[]> {
  if (config.node_env === 'production') throw new Error('seed is for local use, and NODE_ENV is production');
  const lines: string[] = [];
  let admin: Awaited<ReturnType<typeof rememberUser>> | undefined;
  for (const person of PEOPLE) {
    const user = await rememberUser(db, { identity: { issuer: config.oidc.issuer, ...person }, now: now() });
    if (person.role === 'admin') admin = user;
    lines.push(`user: ${user.email}, ${user.role}`);
  }
  const { provider_name } = await settings();
  if (provider_name !== null || !admin?.role) return [...lines, `provider: ${provider_name}, as it was`];
  const telephony = {
    provider_type: 'telephony_api' as const,
    provider_name: 'twilio',
    outbound_number: '+390299990000',
    max_concurrent_calls: 10,
    calls_per_second: 1,
    credentials: LOCAL_ACCOUNT,
  };
  const encryptionKey = config.encryption_key.reveal();
  const actor = { ...admin, role: admin.role };
  await updateSettings({ db, encryptionKey, providers }, { input: { telephony }, actor, now: now() });
  return [...lines, `provider: twilio at ${config.twilio_base_url}, account ${LOCAL_ACCOUNT.account_sid}`];
}
