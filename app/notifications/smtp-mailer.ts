import { createTransport, type Transporter } from 'nodemailer';
import { openCredentials } from '../admin/credentials.ts';
import type { Settings } from '../admin/settings.ts';
import type { Secret } from '../infra/config/secret.ts';
import type { Mailer, MailResult } from './mailer.ts';

type Deps = {
  config: { smtp_url: Secret<string> | null; email_from: string; encryption_key: Secret<Buffer> };
  settings(): Promise<Settings>;
};

const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };
// Up to and including RCPT the server has no message yet; from DATA on it may have taken it.
const BEFORE_DATA = new Set([
  'CONN',
  'EHLO',
  'HELO',
  'STARTTLS',
  'AUTH',
  'AUTH PLAIN',
  'AUTH LOGIN',
  'MAIL FROM',
  'RCPT TO',
]);
const NEVER_CONNECTED = new Set(['EDNS', 'ECONNREFUSED', 'ENOTFOUND', 'EAUTH', 'ENOAUTH']);

/** Sends by SMTP: to the server of the settings where one is entered, else to SMTP_URL. */
export function smtpMailer({ config, settings }: Deps): Mailer {
  let open: { key: string; transport: Transporter } | null = null;
  const transportFor = (current: Settings): Transporter => {
    const address = serverAddress(current, config);
    if (open?.key !== address.key) {
      open?.transport.close();
      open = {
        key: address.key,
        transport: createTransport({ ...address.options, pool: true, ...TIMEOUTS }),
      };
    }
    return open.transport;
  };
  return {
    send: async ({ to, subject, html, text, message_id }) => {
      const current = await settings();
      const from = current.email_from ?? config.email_from;
      const replyTo = current.email_reply_to ?? undefined;
      try {
        const info = await transportFor(current).sendMail({
          from,
          replyTo,
          to,
          subject,
          html,
          text,
          messageId: message_id,
        });
        return { kind: 'sent', provider_message_id: String(info.messageId) };
      } catch (error) {
        return classify(error as SmtpError);
      }
    },
    verify: async () => {
      await transportFor(await settings()).verify();
    },
    close: async () => open?.transport.close(),
  };
}

function serverAddress(settings: Settings, config: Deps['config']) {
  const { email_host: host, email_port, email_username: user } = settings;
  if (host) {
    const { smtp_password: pass } = openCredentials(config.encryption_key.reveal(), settings.credentials);
    const port = email_port ?? 587;
    const options = {
      host,
      port,
      secure: port === 465,
      ...(user ? { auth: { user, pass: pass ?? '' } } : {}),
    };
    return { key: JSON.stringify(options), options };
  }
  if (!config.smtp_url) throw new Error('no mail server is configured');
  const url = config.smtp_url.reveal();
  const { protocol, hostname, port, username, password } = new URL(url);
  const auth = username
    ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }
    : {};
  const secure = protocol === 'smtps:';
  return {
    key: url,
    options: { host: hostname, port: Number(port || (secure ? 465 : 25)), secure, ...auth },
  };
}

type SmtpError = Error & { responseCode?: number; command?: string; code?: string };

/** RFC 5321: 4yz may be tried again, 5yz is final; a connection lost after DATA leaves the message's fate unknown. */
function classify(error: SmtpError): MailResult {
  const { responseCode, command = '', code = '' } = error;
  const message = responseCode
    ? `the server answered ${responseCode}`
    : `the connection failed (${code || 'unknown'})`;
  if (responseCode) return { kind: responseCode >= 500 ? 'permanent' : 'temporary', message };
  return { kind: BEFORE_DATA.has(command) || NEVER_CONNECTED.has(code) ? 'temporary' : 'unknown', message };
}
