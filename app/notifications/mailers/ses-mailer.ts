import http from 'node:http';
import https from 'node:https';
import { SESv2Client, SESv2ServiceException, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Settings } from '../../admin/settings.ts';
import { type Mail, type Mailer, type MailResult, unsubscribeHeaders } from './mailer.ts';

type Deps = {
  config: { ses_base_url: string | null; email_from: string; aws_timeout_ms: number };
  settings(): Promise<Settings>;
};

// Failures of the network before a connection stood: the request never left.
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
// Nothing was asked of the service at all: there are no credentials, or no region.
const NOT_ASKED = new Set(['CredentialsProviderError', 'Error']);
// Refusals of this very mail; every other one (too many, paused, a domain not verified yet) may be tried again.
const ABOUT_THE_LETTER = new Set(['MessageRejected', 'BadRequestException']);

/** Sends by the API of Amazon SES; credentials and region come by the usual chain of AWS. */
export function sesMailer({ config, settings }: Deps): Mailer {
  let client: SESv2Client | null = null;
  const opened = () => {
    client ??= new SESv2Client({
      ...(config.ses_base_url ? { endpoint: config.ses_base_url } : {}),
      // Every retry is ours: the library's own could send a mail twice.
      maxAttempts: 1,
      requestHandler: {
        connectionTimeout: config.aws_timeout_ms,
        requestTimeout: config.aws_timeout_ms,
        // These go through the proxy where there is one.
        httpAgent: http.globalAgent,
        httpsAgent: https.globalAgent,
      },
    });
    return client;
  };
  return {
    send: async (mail) => {
      try {
        const { email_from, email_reply_to } = await settings();
        const command = commandFor(mail, email_from ?? config.email_from, email_reply_to);
        const { MessageId = '' } = await opened().send(command, {
          abortSignal: AbortSignal.timeout(config.aws_timeout_ms),
        });
        return { kind: 'sent', provider_message_id: MessageId };
      } catch (error) {
        return classify(error as Error & { code?: string });
      }
    },
    verify: async () => {
      // Not every role may read the account; that the service answers to our key is enough.
      await opened().config.credentials();
    },
    close: async () => client?.destroy(),
  };
}

function commandFor(mail: Mail, from: string, reply_to: string | null): SendEmailCommand {
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  const headers = {
    ...unsubscribeHeaders(mail.unsubscribe_url),
    // SES makes the Message-ID itself; ours goes beside it, the same in every repeat.
    'X-Message-ID': mail.message_id,
  };
  return new SendEmailCommand({
    FromEmailAddress: from,
    ...(reply_to ? { ReplyToAddresses: [reply_to] } : {}),
    Destination: { ToAddresses: [mail.to] },
    Content: {
      Simple: {
        Subject: utf8(mail.subject),
        Body: { Html: utf8(mail.html), Text: utf8(mail.text) },
        Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
      },
    },
  });
}

/** An answer below 500 is a refusal; what failed after the request had left may have been sent all the same. */
function classify(error: Error & { code?: string }): Exclude<MailResult, { kind: 'sent' }> {
  if (error instanceof SESv2ServiceException) {
    const status = error.$metadata.httpStatusCode ?? 500;
    const message = `the service answered ${status} ${error.name}`;
    if (status >= 500) return { kind: 'unknown', message };
    return { kind: ABOUT_THE_LETTER.has(error.name) ? 'permanent' : 'temporary', message };
  }
  const reason = error.code ?? error.name;
  const message = `the service could not be reached (${reason})`;
  return { kind: NOT_SENT.has(reason) || NOT_ASKED.has(reason) ? 'temporary' : 'unknown', message };
}
