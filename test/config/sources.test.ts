import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { gatherSettings } from '../../app/infra/config/gather-settings.ts';
import { readSecret } from '../../app/infra/config/secrets-manager.ts';
import { SETTINGS } from '../../app/infra/config/settings.ts';
import { startAws, type TestAws } from '../support/aws-server.ts';

const bytes = (factor: number) =>
  Buffer.from(Array.from({ length: 32 }, (_, at) => (at * factor + factor) % 256)).toString('base64');

/** A good value of every setting, and one that is none; `null` where every text is a value. */
const VALUES: Record<keyof typeof SETTINGS.shape, [good: string, bad: string | null]> = {
  NODE_ENV: ['test', 'staging'],
  HOST: ['127.0.0.1', null],
  PORT: ['4000', 'eighty'],
  PUBLIC_URL: ['https://surveys.example', 'surveys'],
  TRUST_PROXY: ['10.0.0.1, 10.0.0.2', null],
  DRAIN_SECONDS: ['20', '0'],
  CONSOLE_DIR: ['/srv/console', null],
  INTERNAL_HOSTS_ALLOWED: ['localhost', null],
  ERASURE_LEDGER_FILE: ['/srv/ledger.ndjson', null],
  ENCRYPTION_KEY_PREVIOUS: [bytes(41), 'short'],
  DATABASE_URL: ['postgres://surveys:pw@db.example/surveys', null],
  DATABASE_POOL: ['12', '1'],
  OIDC_ISSUER: ['https://issuer.example', 'ftp://x'],
  OIDC_CLIENT_ID: ['surveys', null],
  OIDC_CLIENT_SECRET: ['a-secret-of-the-client', null],
  OIDC_AUDIENCE: ['urn:surveys', null],
  OIDC_SCOPES: ['openid groups', 'groups'],
  OIDC_ROLE_CLAIM: ['groups', null],
  OIDC_ROLE_MAP: ['{"bosses":"admin"}', '{"bosses":"king"}'],
  OIDC_TIMEOUT_MS: ['2000', 'soon'],
  SESSION_IDLE_MINUTES: ['15', '0'],
  SESSION_ABSOLUTE_HOURS: ['4', '4.5'],
  ENCRYPTION_KEY: [bytes(37), 'c2hvcnQ='],
  PHONE_HASH_KEY: [bytes(59), 'not base64!'],
  SMTP_URL: ['smtps://u:p@mail.example', 'https://mail.example'],
  SMTP_TIMEOUT_MS: ['3000', '-1'],
  EMAIL_FROM: ['Surveys <s@example.com>', null],
  EMAIL_MAX_ATTEMPTS: ['4', '0'],
  EMAIL_TIMEOUT_SECONDS: ['30', '0'],
  BUS: ['postgres', 'kafka'],
  SQS_QUEUE_URL: ['https://sqs.eu-west-1.amazonaws.com/1/events.fifo', 'events'],
  SQS_VISIBILITY_SECONDS: ['90', '0'],
  WEBHOOK_ALLOWED_HOSTS: ['crm.example, *.bi.example', null],
  WEBHOOK_ALLOW_INTERNAL: ['false', 'perhaps'],
  WEBHOOK_TIMEOUT_MS: ['3000', '1'],
  WEBHOOK_MAX_ATTEMPTS: ['5', '0'],
  TWILIO_BASE_URL: ['https://api.dublin.ie1.twilio.com', 'twilio'],
  TWILIO_TIMEOUT_MS: ['5000', '1'],
  RING_TIMEOUT_SECONDS: ['30', '500'],
  CALL_TIME_LIMIT_SECONDS: ['600', 'long'],
  HTTPS_PROXY: ['http://u:p@proxy.example:3128', 'proxy:3128'],
  HTTP_PROXY: ['http://proxy.example:3128', 'socks5://x'],
  NO_PROXY: ['.internal,db.example', null],
  AWS_REGION: ['eu-south-1', null],
  AWS_ENDPOINT_URL: ['https://vpce.example', 'vpce'],
  AWS_ENDPOINT_URL_SQS: ['https://sqs.example', 'sqs'],
  AWS_ENDPOINT_URL_SESV2: ['https://ses.example', 'ses'],
  AWS_ENDPOINT_URL_KMS: ['https://kms.example', 'kms'],
  AWS_ENDPOINT_URL_SECRETS_MANAGER: ['https://secrets.example', 'secrets'],
  AWS_TIMEOUT_MS: ['1000', 'x'],
  AWS_MAX_ATTEMPTS: ['2', '0'],
  AWS_SECRETS: ['', null],
  CONSOLE_NOTICE_EN: ['A test installation', 'x'.repeat(301)],
  CONSOLE_NOTICE_IT: ['Un’installazione di prova', 'x'.repeat(301)],
  LOG_LEVEL: ['warn', 'loud'],
  METRICS_TOKEN: ['a-token-for-metrics', null],
  OTEL_EXPORTER_OTLP_ENDPOINT: ['http://collector:4318', 'collector'],
  OTEL_EXPORTER_OTLP_HEADERS: ['authorization=x', null],
  OTEL_EXPORTER_OTLP_TIMEOUT: ['1000', 'x'],
  OTEL_SERVICE_NAME: ['surveys', null],
  OTEL_TRACES_SAMPLER_ARG: ['0.5', '2'],
  REQUESTS_PER_MINUTE: ['10', '0'],
  SIGN_INS_PER_MINUTE: ['10', '0'],
  UPLOADS_PER_MINUTE: ['10', '0'],
  UPLOAD_MAX_MIB: ['10', '0'],
  UPLOAD_MAX_ROWS: ['1000', '0'],
  UPLOAD_MAX_CELL_CHARACTERS: ['1000', '10'],
  UPLOAD_MAX_SECONDS: ['100', '0'],
  UPLOAD_MAX_SILENCE_SECONDS: ['10', '0'],
  EXPORTS_PER_MINUTE: ['10', 'x'],
  BAD_SIGNATURES_PER_MINUTE: ['10', '2000000'],
};
const NAMES = Object.keys(SETTINGS.shape) as (keyof typeof VALUES)[];
const GOOD = Object.fromEntries(NAMES.map((name) => [name, VALUES[name][0]]));
const REQUIRED = NAMES.filter((name) => !SETTINGS.shape[name].safeParse(undefined).success);

const none = async () => {
  throw new Error('no secret was to be read');
};
const gather = (env: Record<string, string | undefined>) => gatherSettings(env, none);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vsa-settings-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('all settings together are a configuration, and the required ones alone', async () => {
  expect(NAMES.toSorted()).toEqual(Object.keys(VALUES).toSorted());
  expect(await gather(GOOD)).toHaveProperty('config');
  const few = Object.fromEntries(REQUIRED.map((name) => [name, GOOD[name]]));
  expect(await gather(few)).toHaveProperty('config');
  expect(REQUIRED).toHaveLength(7);
});

describe.each(NAMES)('%s', (name) => {
  const [good, bad] = VALUES[name];

  it('missing: a fault where it is required, else its default', async () => {
    const read = await gather({ ...GOOD, [name]: undefined });
    if (REQUIRED.includes(name)) expect(read).toEqual({ faults: [`${name}: is missing`] });
    else expect(read).toHaveProperty('config');
    expect(await gather({ ...GOOD, [name]: '' })).toEqual(read);
  });

  if (bad !== null) {
    it('malformed: one line that names it and not its value', async () => {
      const read = await gather({ ...GOOD, [name]: bad });
      expect(read).toEqual({ faults: [expect.stringMatching(`^${name}: \\S`)] });
      if (bad.length > 2) expect(JSON.stringify(read)).not.toContain(bad);
    });
  }

  it('from a file: the same as from the variable', async () => {
    const file = path.join(folder, name);
    await writeFile(file, `${good}\n`);
    const read = await gather({ ...GOOD, [name]: undefined, [`${name}_FILE`]: file });
    if (good === '') expect(read).toEqual({ faults: [`${name}_FILE: the file is empty`] });
    else expect(revealed(read)).toEqual(revealed(await gather(GOOD)));
  });
});

it.each([
  ['is not there', { OIDC_CLIENT_SECRET: undefined, OIDC_CLIENT_SECRET_FILE: '/nowhere/at/all' }, 'ENOENT'],
  ['is a folder', { OIDC_CLIENT_SECRET: undefined, OIDC_CLIENT_SECRET_FILE: tmpdir() }, 'EISDIR'],
  ['is named beside the variable', { OIDC_CLIENT_SECRET_FILE: '/nowhere' }, 'only one of them may be'],
])('a file that %s is a fault in one line', async (_what, given, words) => {
  expect(await gather({ ...GOOD, ...given })).toEqual({
    faults: [expect.stringMatching(`^OIDC_CLIENT_SECRET_FILE: .*${words}`)],
  });
});

describe('Secrets Manager', () => {
  let aws: TestAws;
  const secrets: Record<string, string> = {};
  beforeAll(async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
    aws = await startAws(({ operation, body }) => {
      const SecretString = operation === 'GetSecretValue' ? secrets[String(body.SecretId)] : undefined;
      if (SecretString === 'silence') return null;
      if (SecretString !== undefined) return { body: { SecretString, Name: body.SecretId } };
      const __type = 'ResourceNotFoundException';
      return { status: 400, body: { __type, message: 'Secrets Manager can’t find it.' } };
    });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await aws.stop();
  });
  const where = () => ({
    AWS_REGION: 'eu-south-1',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.url,
    AWS_TIMEOUT_MS: '200',
    AWS_MAX_ATTEMPTS: '1',
  });
  const gatherFrom = (env: Record<string, string | undefined>) => gatherSettings(env, readSecret);

  it('gives every setting that nobody else gives; a variable wins over it', async () => {
    const outside = /^(AWS_|HTTPS?_PROXY|NO_PROXY)/;
    const given = Object.fromEntries(Object.entries(GOOD).filter(([name]) => !outside.test(name)));
    secrets.first = JSON.stringify({ ...given, OIDC_CLIENT_ID: 'replaced', NOT_KNOWN_HERE: { a: 1 } });
    secrets.second = JSON.stringify({ OIDC_CLIENT_ID: GOOD.OIDC_CLIENT_ID, PORT: 4000 });
    const HOST = '192.0.2.1';
    const read = await gatherFrom({ ...where(), AWS_SECRETS: 'first, second', HOST });
    const plain = await gather({ ...where(), ...given, HOST, AWS_SECRETS: '' });
    const { aws: ofRead, ...rest } = revealed(read).config as { aws: object };
    const { aws: _ofPlain, ...expected } = revealed(plain).config as { aws: object };
    expect(rest).toEqual(expected);
    expect(ofRead).toMatchObject({ secrets: ['first', 'second'], region: 'eu-south-1' });
    expect(aws.requests.at(-1)?.headers.authorization).toContain('/eu-south-1/secretsmanager/aws4_request');
  });

  it('a missing setting is missing all the same', async () => {
    secrets.few = '{}';
    expect(await gatherFrom({ ...where(), AWS_SECRETS: 'few' })).toEqual({
      faults: expect.arrayContaining(['DATABASE_URL: is missing']),
    });
  });

  it.each([
    ['nobody has', undefined, 'ResourceNotFoundException'],
    ['is no JSON', 'hello', 'it is no JSON object'],
    ['is a list', '[1]', 'it is no JSON object'],
    ['holds no texts', '{"PORT":{"a":1}}', 'a value is no text'],
    ['is never answered', 'silence', 'TimeoutError'],
  ])('a secret that %s is a fault in one line', async (_what, content, words) => {
    if (content === undefined) delete secrets.broken;
    else secrets.broken = content;
    expect(await gatherFrom({ ...GOOD, ...where(), AWS_SECRETS: 'broken' })).toEqual({
      faults: [`AWS_SECRETS: broken cannot be read (${words})`],
    });
  });
});

/** The configuration with its secrets readable, so that two can be compared. */
function revealed(read: object): { config?: object } {
  return JSON.parse(
    JSON.stringify(read, function replace(this: Record<string, unknown>, name, value) {
      const held = this[name] as { reveal?: () => unknown };
      return typeof held?.reveal === 'function' ? String(held.reveal()) : value;
    }),
  );
}
