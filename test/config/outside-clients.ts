import { generateText } from 'ai';
import { findIssuer } from '../../app/auth/issuer.ts';
import { languageModel } from '../../app/calling/dialogue/llm/language-model.ts';
import { twilioProvider } from '../../app/calling/telephony/twilio/twilio-provider.ts';
import { type Config, readConfig } from '../../app/infra/config/config.ts';
import { readSecret } from '../../app/infra/config/secrets-manager.ts';
import { decryptByKms } from '../../app/infra/crypto/kms.ts';
import { askOutside } from '../../app/infra/network/ask-outside.ts';
import { beginObserved } from '../../app/infra/observability/observed.ts';
import { startTracing } from '../../app/infra/observability/start-tracing.ts';
import { smtpMailer } from '../../app/notifications/mailers/smtp-mailer.ts';
import { postWebhook } from '../../app/notifications/webhooks/post-webhook.ts';

const KEY = (factor: number) =>
  Buffer.from(Array.from({ length: 32 }, (_, at) => (at * factor) % 256)).toString('base64');
export const ACCOUNT = `AC${'0123456789abcdef'.repeat(2)}`;

export function configOf(given: Record<string, string>): Config {
  const read = readConfig({
    DATABASE_URL: 'postgres://localhost/x',
    OIDC_ISSUER: 'https://issuer.test',
    OIDC_CLIENT_ID: `client-${Math.random()}`,
    OIDC_CLIENT_SECRET: 'a-secret-of-the-client',
    OIDC_AUDIENCE: 'c',
    ENCRYPTION_KEY: KEY(37),
    PHONE_HASH_KEY: KEY(59),
    ...given,
  });
  if ('faults' in read) throw new Error(read.faults.join());
  return read.config;
}

export const call = {
  to: '+393331234501',
  from: '+390299990000',
  callback_url: 'http://x',
  language: 'it' as const,
  metadata: { call_id: 'c', campaign_id: 'k', contact_id: 'p' },
  ring_timeout_seconds: 25,
  time_limit_seconds: 300,
};
export const twilio = ({ twilio_base_url: base_url, twilio_timeout_ms: timeout_ms }: Config) =>
  twilioProvider({
    account_sid: ACCOUNT,
    auth_token: 't',
    base_url,
    timeout_ms,
    public_url: 'http://localhost',
  });
export const mailer = (config: Config) =>
  smtpMailer({ config, settings: async () => ({ email_host: null, credentials: {} }) as never });
export const mail = {
  to: 'anna@example.net',
  subject: 's',
  html: '<p>h</p>',
  text: 't',
  message_id: '<1@x>',
  unsubscribe_url: 'https://surveys.example/unsubscribe/x',
};

export async function trace(config: Config): Promise<void> {
  const stop = startTracing({ ...config.traces, endpoint: config.traces.endpoint! }, 'test');
  beginObserved('something', {}).end();
  await stop();
}

/** Every outside client over https (the mailer over its own protocol), by what it asks a proxy for. */
export const CLIENTS: [
  name: string,
  host: string,
  ask: (config: Config) => Promise<unknown>,
  given: Record<string, string>,
][] = [
  ['the issuer', 'issuer.test:443', (config) => findIssuer(config.oidc), {}],
  [
    'Twilio',
    'twilio.test:443',
    (config) => twilio(config).health(),
    { TWILIO_BASE_URL: 'https://twilio.test' },
  ],
  [
    'the model',
    'model.test:443',
    () => {
      const choice = {
        llm_provider: 'openai',
        llm_model: 'm',
        base_url: 'https://model.test/v1',
        api_key: 'k',
      } as const;
      return generateText({ model: languageModel(choice)!, prompt: 'x', maxRetries: 0 });
    },
    {},
  ],
  [
    'Secrets Manager',
    'secrets.test:443',
    (config) => readSecret(config, 'x'),
    { AWS_REGION: 'eu-south-1', AWS_ENDPOINT_URL: 'https://secrets.test', AWS_MAX_ATTEMPTS: '1' },
  ],
  [
    'KMS',
    'kms.test:443',
    (config) => decryptByKms(config.aws, 'YQ=='),
    { AWS_REGION: 'eu-south-1', AWS_ENDPOINT_URL: 'https://kms.test', AWS_MAX_ATTEMPTS: '1' },
  ],
  [
    'a webhook of a customer',
    'hooks.test:443',
    (config) => postWebhook({ url: 'https://hooks.test/in', headers: {}, body: '{}' }, config.webhooks),
    { WEBHOOK_ALLOWED_HOSTS: 'hooks.test' },
  ],
  [
    'an address that an administrator has tested',
    'gateway.test:443',
    () => askOutside({ url: 'https://gateway.test/v1/models', headers: {}, allowed: [], timeout_ms: 2_000 }),
    {},
  ],
  [
    'the mail server',
    'mail.test:587',
    (config) => mailer(config).verify(),
    { SMTP_URL: 'smtp://mail.test:587' },
  ],
  [
    'the collector',
    'collector.test:443',
    trace,
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.test', OTEL_EXPORTER_OTLP_TIMEOUT: '200' },
  ],
];
