import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Message } from '../../embedded/mailbox/message.ts';
import { type RunningMailbox, startMailbox } from '../../embedded/mailbox.ts';

let dataDir: string;
let mailbox: RunningMailbox;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'mailbox-test-'));
  mailbox = await startMailbox({ smtpPort: 0, httpPort: 0, dataDir });
});
afterEach(async () => {
  await mailbox.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const letter = {
  from: 'Surveys <surveys@example.com>',
  to: ['Giulia <giulia@example.org>', 'second@example.org'],
  bcc: 'hidden@example.org',
  subject: 'Grazie — è fatta ✓',
  text: 'Grazie per le risposte.',
  html: '<p>Grazie <script>alert(1)</script>per le risposte.</p>',
  headers: { 'X-Event-Id': 'e-1', 'List-Unsubscribe': '<https://example.org/u>' },
};

async function messages(url = mailbox.url): Promise<Message[]> {
  return (await (await fetch(`${url}/messages`)).json()) as Message[];
}

test('shows what was sent: envelope, texts and every header', async () => {
  const sent = await createTransport(mailbox.smtpUrl).sendMail(letter);
  const [message, ...others] = await messages();
  expect(others).toEqual([]);
  expect(message).toMatchObject({
    from: 'surveys@example.com',
    to: ['giulia@example.org', 'second@example.org', 'hidden@example.org'],
    subject: 'Grazie — è fatta ✓',
    message_id: sent.messageId,
    text: expect.stringContaining('Grazie per le risposte.'),
    html: expect.stringContaining('<p>Grazie'),
  });
  expect(message?.headers).toMatchObject({
    'x-event-id': 'e-1',
    'list-unsubscribe': '<https://example.org/u>',
    from: 'Surveys <surveys@example.com>',
  });
  expect(sent.response).toContain(message?.id);
});

test('counts exactly what it accepted, in order, also from many connections at once', async () => {
  const transport = createTransport({ url: mailbox.smtpUrl, pool: true, maxConnections: 5 });
  const numbers = Array.from({ length: 60 }, (_, index) => index);
  const sent = await Promise.all(
    numbers.map((n) => transport.sendMail({ ...letter, subject: `number ${n}` })),
  );
  transport.close();
  const kept = await messages();
  expect(kept.map((message) => message.message_id).sort()).toEqual(sent.map((s) => s.messageId).sort());
  expect(kept.map((message) => message.at)).toEqual(kept.map((message) => message.at).sort());
});

test('an accepted mail survives the sudden end of the server', async () => {
  const module = new URL('../../embedded/mailbox.ts', import.meta.url).href;
  const options = JSON.stringify({ smtpPort: 0, httpPort: 0, dataDir: join(dataDir, 'other') });
  const script = `
    const { startMailbox } = await import(${JSON.stringify(module)});
    console.log((await startMailbox(${options})).smtpUrl);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(child.stdout, 'data')) as [Buffer];
  await createTransport(url.toString().trim()).sendMail(letter);
  child.kill('SIGKILL');
  await once(child, 'exit');

  const restarted = await startMailbox({ smtpPort: 0, httpPort: 0, dataDir: join(dataDir, 'other') });
  await createTransport(restarted.smtpUrl).sendMail({ ...letter, subject: 'after' });
  const subjects = (await messages(restarted.url)).map(({ subject }) => subject);
  expect(subjects).toEqual(['Grazie — è fatta ✓', 'after']);
  await restarted.stop();
});

test('a mail that was cut off midway is not in the count', async () => {
  const { connect } = await import('node:net');
  const socket = connect(Number(new URL(mailbox.smtpUrl).port), '127.0.0.1');
  const lines = ['EHLO me', 'MAIL FROM:<a@example.org>', 'RCPT TO:<b@example.org>', 'DATA', 'Subject: half'];
  for (const line of lines) {
    await once(socket, 'data');
    socket.write(`${line}\r\n`);
    if (line.startsWith('Subject')) socket.destroy();
  }
  await createTransport(mailbox.smtpUrl).sendMail({ ...letter, subject: 'whole' });
  expect((await messages()).map(({ subject }) => subject)).toEqual(['whole']);
});

test('the inbox page names the mail and shows its HTML in a frame without rights', async () => {
  await createTransport(mailbox.smtpUrl).sendMail({ ...letter, subject: '<b>bold</b>' });
  const [message] = await messages();
  const list = await (await fetch(mailbox.url)).text();
  expect(list).toContain('1 delivered');
  expect(list).toContain('&lt;b&gt;bold&lt;/b&gt;');
  const page = await (await fetch(`${mailbox.url}/messages/${message?.id}/page`)).text();
  expect(page).toContain('<iframe sandbox');
  const html = await fetch(`${mailbox.url}/messages/${message?.id}/html`);
  expect(html.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
  expect((await fetch(`${mailbox.url}/messages/nothing`)).status).toBe(404);
});
