import { expect } from 'vitest';
import { accessToken } from '../../embedded/token.ts';
import type { Deployed } from './deployed.ts';

// Everything that is somebody's, and every secret, is recognisable: none of it may be in a log, a trace or a metric.
export const PEOPLE = [
  { phone_number: '+393479117101', email: 'canarina.rossi@canary-mail.example' },
  { phone_number: '+393479117202', email: 'canarino.verdi@canary-mail.example' },
  { phone_number: '+393479117303', email: 'canaria.bianchi@canary-mail.example' },
  { phone_number: '+393479117411', email: 'refused.canary@canary-mail.example' },
  { phone_number: '+393479117507', email: '' },
];
export const SECRETS = {
  OIDC: 'canary-client-secret-8472',
  METRICS_TOKEN: 'canary-metrics-token-8472',
  MODEL_KEY: 'canary-model-key-8472',
  MAIL_PASSWORD: 'canary-mail-password-8472',
};

/** Whatever people get wrong while personal data is in their hands. */
export async function mistakes({ call, origin }: Deployed): Promise<void> {
  const [one] = PEOPLE;
  const wrong = (promise: Promise<unknown>) => promise.catch(() => {});
  await call('admin', 'PUT', '/api/admin/config', {
    llm: { llm_provider: 'none', api_key: SECRETS.MODEL_KEY },
    email: { password: SECRETS.MAIL_PASSWORD },
  });
  await wrong(call('admin', 'PUT', '/api/admin/config', { email: { password: 7, from: one!.email } }));
  await call('manager', 'POST', '/api/exclusions', { phone_number: '+393479117999', reason: one!.email });
  await wrong(
    call('manager', 'POST', '/api/exclusions', { phone_number: `${one!.phone_number}x`, reason: one!.email }),
  );
  await wrong(
    call('manager', 'GET', `/api/contacts/search?phone_number=${encodeURIComponent(one!.phone_number)}`),
  );
  await wrong(call('manager', 'GET', `/api/${one!.phone_number}/${one!.email}`));
  await fetch(`${origin}/api/auth/login?login_hint=${one!.email}`, { redirect: 'manual' });
  await fetch(`${origin}/api/auth/callback?code=${SECRETS.OIDC}&state=x&iss=${one!.email}`, {
    redirect: 'manual',
  });
  await fetch(`${origin}/api/campaigns`, { headers: { authorization: `Bearer ${SECRETS.OIDC}` } });
  await fetch(`${origin}/api/campaigns`, { headers: { cookie: `vsa_session=${SECRETS.OIDC}` } });
  await fetch(`${origin}/webhooks/telephony/events`, {
    method: 'POST',
    headers: { 'x-twilio-signature': SECRETS.OIDC, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ To: one!.phone_number, CallSid: 'CA1' }).toString(),
  });
}

/** And what fails: the tables are gone under a process that is about to read about somebody. */
export async function troubles({ call, origin, db, issuer }: Deployed, campaign: string): Promise<void> {
  const headers = { authorization: `Bearer ${await accessToken(issuer, 'admin')}` };
  await db.schema.alterTable('contact_import_error').renameTo('gone').execute();
  const form = new FormData();
  const rows = ['phone_number,email', `12,${PEOPLE[0]!.email}`, `${PEOPLE[1]!.phone_number},x`];
  form.set('file', new Blob([rows.join('\n')]), 'canarina-rossi.csv');
  const fresh = await call('manager', 'POST', `/api/campaigns/${campaign}/duplicate`);
  const failed = await fetch(`${origin}/api/campaigns/${fresh.id}/contacts/upload`, {
    method: 'POST',
    headers,
    body: form,
  });
  expect(failed.status).toBe(500);
  await db.schema.alterTable('gone').renameTo('contact_import_error').execute();
}
