import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, expect, it } from 'vitest';
import type { Settings } from '../../app/admin/settings.ts';
import { Secret } from '../../app/infra/config/secret.ts';
import { smtpMailer } from '../../app/notifications/mailers/smtp-mailer.ts';

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of cleanUp.splice(0)) await close();
});

/** A mail server with accounts; `passwords` and `connections` are what it was given. */
async function server(host: string, options: SMTPServerOptions = {}) {
  const passwords: string[] = [];
  let connections = 0;
  let letters = 0;
  const smtp = new SMTPServer({
    authMethods: ['PLAIN'],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 50,
    onConnect: (_session, done) => {
      connections += 1;
      done();
    },
    onAuth: ({ password }, _session, done) => {
      passwords.push(password ?? '');
      if (password === 'right') return done(null, { user: 'surveys' });
      done(Object.assign(new Error('no'), { responseCode: 535 }));
    },
    onData: (stream, _session, done) => {
      letters += 1;
      stream.resume().once('end', () => done(null, 'Kept'));
    },
    ...options,
  });
  smtp.on('error', () => {});
  await new Promise<void>((resolve) => smtp.listen(0, host, resolve));
  const { port } = smtp.server.address() as AddressInfo;
  cleanUp.push(() => new Promise<void>((resolve) => smtp.close(() => resolve())));
  return { port, passwords, connections: () => connections, letters: () => letters };
}

function mailer(url: string) {
  const made = smtpMailer({
    config: {
      smtp_url: new Secret(url),
      smtp_timeout_ms: 5_000,
      proxy: { https: null, http: null, bypass: [] },
      email_from: 'surveys@example.com',
      encryption_key: new Secret(Buffer.alloc(32, 1)),
      email_timeout_seconds: 5,
    },
    settings: async () => ({ email_host: null, email_from: null, email_reply_to: null }) as Settings,
  });
  cleanUp.unshift(() => made.close());
  return made;
}

const mail = {
  to: 'anna@example.com',
  subject: 'S',
  html: '<p>B</p>',
  text: 'B',
  message_id: '<1@voicesurveyagent>',
  unsubscribe_url: 'https://surveys.example.com/unsubscribe/x',
};

it('signs in, and uses a connection for many letters', async () => {
  const { port, connections, letters } = await server('127.0.0.1', { disabledCommands: ['STARTTLS'] });
  const sender = mailer(`smtp://surveys:right@127.0.0.1:${port}`);
  for (let time = 0; time < 5; time += 1) expect(await sender.send(mail)).toMatchObject({ kind: 'sent' });
  expect(letters()).toBe(5);
  expect(connections()).toBe(1);
});

it('a wrong password is for an administrator to mend: the letter is tried again', async () => {
  const { port } = await server('127.0.0.1', { disabledCommands: ['STARTTLS'] });
  const result = await mailer(`smtp://surveys:wrong@127.0.0.1:${port}`).send(mail);
  expect(result).toMatchObject({ kind: 'temporary', message: 'the server answered 535' });
});

it.each([
  ['offers no TLS', { disabledCommands: ['STARTTLS'] }],
  ['shows a certificate that nobody vouches for', {}],
])('never says a password to a server elsewhere that %s', async (_how, options) => {
  // 127.0.0.2 stands for another machine: only the names of this one are excepted.
  const { port, passwords, letters } = await server('127.0.0.2', options);
  const result = await mailer(`smtp://surveys:right@127.0.0.2:${port}`).send(mail);
  expect(result).toMatchObject({ kind: 'temporary' });
  expect(passwords).toEqual([]);
  expect(letters()).toBe(0);
});

it('without a mail server it says so, and the letter waits', async () => {
  const nowhere = mailer('smtp://127.0.0.1:9');
  expect(await nowhere.send(mail)).toMatchObject({ kind: 'temporary' });
  await expect(nowhere.verify()).rejects.toThrow();
});
