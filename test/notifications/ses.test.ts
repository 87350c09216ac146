import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Settings } from '../../app/admin/settings.ts';
import { sesMailer } from '../../app/notifications/mailers/ses-mailer.ts';

type Asked = { url: string; headers: IncomingHttpHeaders; body: Record<string, unknown> };
type Reply = { status: number; type?: string } | 'drop' | 'silent';

const asked: Asked[] = [];
const replies: Reply[] = [];
// Speaks SES's REST protocol (SendEmail of version 2): what goes over the wire is the vendor's own library's.
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { url = '', headers } = request;
    asked.push({ url, headers, body: JSON.parse(Buffer.concat(chunks).toString()) });
    const reply = replies.shift() ?? { status: 200 };
    if (reply === 'drop') return void request.socket.destroy();
    if (reply === 'silent') return;
    const { status, type } = reply;
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(type && { 'x-amzn-errortype': type }),
    });
    response.end(
      JSON.stringify(status === 200 ? { MessageId: 'ses-1' } : { message: 'no to anna@example.com' }),
    );
  });
});
let base_url: string;
beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base_url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked.length = 0;
});

const mailerAt = (ses_base_url: string) =>
  sesMailer({
    config: { ses_base_url, email_from: 'Surveys <surveys@example.com>', aws_timeout_ms: 500 },
    settings: async () => ({ email_from: null, email_reply_to: 'office@example.com' }) as Settings,
  });
const mail = {
  to: 'anna@example.com',
  subject: 'Grazie, perché no',
  html: '<p>Ciao</p>',
  text: 'Ciao',
  message_id: '<1@voicesurveyagent>',
  unsubscribe_url: 'https://surveys.example.com/unsubscribe/x',
};

it('sends with the same id in every repeat, signed by the chain’s credentials', async () => {
  const mailer = mailerAt(base_url);
  expect(await mailer.send(mail)).toEqual({ kind: 'sent', provider_message_id: 'ses-1' });
  const [{ url, headers, body }] = asked as [Asked];
  expect(url).toBe('/v2/email/outbound-emails');
  expect(headers.authorization).toContain('Credential=test/');
  expect(body).toMatchObject({
    FromEmailAddress: 'Surveys <surveys@example.com>',
    ReplyToAddresses: ['office@example.com'],
    Destination: { ToAddresses: ['anna@example.com'] },
    Content: {
      Simple: {
        Subject: { Data: mail.subject },
        Headers: expect.arrayContaining([
          { Name: 'List-Unsubscribe', Value: `<${mail.unsubscribe_url}>` },
          { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
          { Name: 'X-Message-ID', Value: mail.message_id },
        ]),
      },
    },
  });
  await mailer.close();
});

it.each([
  [{ status: 400, type: 'MessageRejected' }, 'permanent'],
  [{ status: 400, type: 'BadRequestException' }, 'permanent'],
  [{ status: 429, type: 'TooManyRequestsException' }, 'temporary'],
  [{ status: 400, type: 'MailFromDomainNotVerifiedException' }, 'temporary'],
  [{ status: 400, type: 'AccountSuspendedException' }, 'temporary'],
  [{ status: 403, type: 'AccessDeniedException' }, 'temporary'],
  [{ status: 500, type: 'InternalFailure' }, 'unknown'],
  [{ status: 503 }, 'unknown'],
  ['drop', 'unknown'],
  ['silent', 'unknown'],
] as const)('an answer %o means %s, is asked for once, and names nobody', async (reply, kind) => {
  const mailer = mailerAt(base_url);
  replies.push(reply);
  const result = await mailer.send(mail);
  expect(result).toMatchObject({ kind, message: expect.not.stringContaining('anna') });
  expect(asked).toHaveLength(1);
  await mailer.close();
});

it('a service that is not there may be asked again', async () => {
  const mailer = mailerAt('http://127.0.0.1:9');
  expect(await mailer.send(mail)).toMatchObject({ kind: 'temporary' });
  await mailer.close();
});
