import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { findIssuer } from '../../app/auth/issuer.ts';
import { goThroughProxy, proxyFor } from '../../app/infra/config/proxy.ts';
import { Secret } from '../../app/infra/config/secret.ts';
import { readSecret } from '../../app/infra/config/secrets-manager.ts';
import { startCarrier } from '../../carrier/start-carrier.ts';
import { startMailbox } from '../../embedded/mailbox.ts';
import { startCollector } from '../deployment/collector.ts';
import { startAws } from '../support/aws-server.ts';
import { startProxy, type TestProxy } from '../support/proxy-server.ts';
import { ACCOUNT, CLIENTS, call, configOf, mail, mailer, trace, twilio } from './outside-clients.ts';

let proxy: TestProxy;
let restore = () => {};
beforeAll(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
});
afterAll(() => vi.unstubAllEnvs());
afterEach(async () => {
  restore();
  await proxy?.stop();
});

describe('HTTPS_PROXY', () => {
  beforeEach(async () => {
    proxy = await startProxy();
  });

  it.each(CLIENTS)('%s is reached through it', async (_name, host, ask, given) => {
    const config = configOf({ ...given, HTTPS_PROXY: proxy.url });
    restore = goThroughProxy(config.proxy);
    await Promise.resolve(ask(config)).catch(() => {});
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${host}`]));
  });

  it.each(CLIENTS)('%s is reached directly where NO_PROXY says so', async (_name, _host, ask, given) => {
    const config = configOf({ ...given, HTTPS_PROXY: proxy.url, NO_PROXY: '.test' });
    restore = goThroughProxy(config.proxy);
    await Promise.resolve(ask(config)).catch(() => {});
    expect(proxy.asked).toEqual([]);
  });
});

describe('through a proxy to a server that answers', () => {
  it('a secret is read, a mail is sent, a trace arrives', async () => {
    const aws = await startAws(() => ({ body: { SecretString: 'found' } }));
    const folder = await mkdtemp(path.join(tmpdir(), 'vsa-outside-'));
    const mailbox = await startMailbox({ smtpPort: 0, httpPort: 0, dataDir: folder });
    const collector = await startCollector();
    const portOf = (url: string) => Number(new URL(url).port);
    proxy = await startProxy({
      'secrets.test': portOf(aws.url),
      'mail.test:25': portOf(mailbox.smtpUrl),
      'collector.test:4318': portOf(collector.url),
    });
    const config = configOf({
      HTTPS_PROXY: proxy.url,
      HTTP_PROXY: proxy.url,
      AWS_REGION: 'eu-south-1',
      AWS_ENDPOINT_URL: 'http://secrets.test',
      SMTP_URL: 'smtp://mail.test:25',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.test:4318',
    });
    restore = goThroughProxy(config.proxy);
    try {
      expect(await readSecret(config, 'x')).toBe('found');
      const sender = mailer(config);
      expect(await sender.send(mail)).toMatchObject({ kind: 'sent' });
      await sender.close();
      await trace(config);
      expect(collector.spans).toHaveLength(1);
      expect(proxy.asked).toEqual([
        'POST http://secrets.test/',
        'CONNECT mail.test:25',
        'POST http://collector.test:4318/v1/traces',
      ]);
    } finally {
      await Promise.all([aws.stop(), mailbox.stop(), collector.stop()]);
      await rm(folder, { recursive: true });
    }
  });
});

it('a call is placed through it; one that the proxy refuses was never sent', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'vsa-outside-'));
  const carrier = await startCarrier({
    accountSid: ACCOUNT,
    authToken: 't',
    dataDir: folder,
    speed: 20,
    seed: 1,
  });
  proxy = await startProxy({ 'twilio.test': Number(new URL(carrier.url).port) });
  const config = configOf({
    HTTP_PROXY: proxy.url,
    HTTPS_PROXY: proxy.url,
    TWILIO_BASE_URL: 'http://twilio.test',
  });
  restore = goThroughProxy(config.proxy);
  try {
    expect(await twilio(config).placeCall(call)).toMatchObject({ kind: 'placed' });
    expect(proxy.asked).toEqual([expect.stringMatching(/^POST http:\/\/twilio\.test\/.*Calls\.json$/)]);
    const refused = { ...config, twilio_base_url: 'https://nowhere.test' };
    expect(await twilio(refused).placeCall(call)).toMatchObject({ kind: 'not_placed' });
  } finally {
    await carrier.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

describe('a server that says nothing', () => {
  let silent: Server;
  let port: number;
  beforeEach(async () => {
    silent = createServer((socket) => socket.on('error', () => {}));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    port = (silent.address() as { port: number }).port;
  });
  afterEach(() => {
    silent.close();
  });

  // Each would wait for many seconds by its library's own default: that the test ends at all is the proof.
  it('is given up in the time that the settings give', async () => {
    const config = configOf({
      OIDC_ISSUER: `http://127.0.0.1:${port}`,
      OIDC_TIMEOUT_MS: '200',
      TWILIO_BASE_URL: `http://127.0.0.1:${port}`,
      TWILIO_TIMEOUT_MS: '200',
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      SMTP_TIMEOUT_MS: '200',
      AWS_REGION: 'eu-south-1',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_TIMEOUT_MS: '200',
      AWS_MAX_ATTEMPTS: '1',
    });
    await expect(findIssuer(config.oidc)).rejects.toThrow();
    expect(await twilio(config).placeCall(call)).toMatchObject({ kind: 'unknown' });
    expect(await mailer(config).send(mail)).toMatchObject({ kind: 'temporary' });
    await expect(readSecret(config, 'x')).rejects.toThrow();
  });
});

describe('NO_PROXY', () => {
  const through = (bypass: string[], host: string, port = 587) =>
    proxyFor({ https: new Secret('http://proxy'), http: null, bypass }, host, port) !== null;

  it.each([
    [[], 'mail.example', true],
    [['mail.example'], 'mail.example', false],
    [['MAIL.example'], 'mail.EXAMPLE', false],
    [['.example'], 'mail.example', false],
    [['*.example'], 'mail.example', false],
    [['example'], 'mail.example', true],
    [['mail.example:587'], 'mail.example', false],
    [['mail.example:25'], 'mail.example', true],
    [['*'], 'mail.example', false],
    [[], '127.0.0.1', false],
    [[], 'localhost', false],
  ])('%j sends %s through the proxy: %s', (bypass, host, isThrough) => {
    expect(through(bypass, host)).toBe(isThrough);
  });
});
