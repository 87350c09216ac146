import { createTransport, type Transporter } from 'nodemailer';
import { openCredentials } from '../../admin/credentials.ts';
import type { Settings } from '../../admin/settings.ts';
import type { Config } from '../../infra/config/config.ts';
import { proxyFor } from '../../infra/config/proxy.ts';
import { classifyFailure } from './classify-failure.ts';
import { type Mail, type Mailer, unsubscribeHeaders } from './mailer.ts';

type Deps = {
  config: Pick<
    Config,
    'smtp_url' | 'smtp_timeout_ms' | 'email_from' | 'encryption_key' | 'proxy' | 'email_timeout_seconds'
  >;
  settings(): Promise<Settings>;
};

// How long a silence may last in the middle of a letter; a slow server is asked no second time because of it.
const SILENCE_MS = 30_000;
// Every retry is ours: the pool's own would be counted nowhere.
const POOL = { pool: true, maxConnections: 10, maxRequeues: 0 } as const;

/** Sends by SMTP: to the server of the settings where one is entered, else to SMTP_URL. */
export function smtpMailer({ config, settings }: Deps): Mailer {
  let open: { key: string; transport: Transporter } | null = null;
  const transportFor = (current: Settings): Transporter => {
    const { key, options } = serverAddress(current, config);
    if (open?.key !== key) {
      open?.transport.close();
      open = { key, transport: createTransport({ ...options, ...POOL, ...wayTo(options, config) }) };
      open.transport.use('stream', watchHandover);
    }
    return open.transport;
  };
  return {
    send: async (mail) => {
      const handover: Handover = { stream: null };
      // A server that crawls is never silent for long enough; this is the end of all patience.
      const signal = AbortSignal.timeout(config.email_timeout_seconds * 1_000);
      try {
        const current = await settings();
        const from = current.email_from ?? config.email_from;
        const replyTo = current.email_reply_to ?? undefined;
        const letter = { ...letterOf(mail), from, replyTo, handover, signal };
        const info = await transportFor(current).sendMail(letter);
        return { kind: 'sent', provider_message_id: info.serverMessageId ?? info.messageId };
      } catch (error) {
        return classifyFailure(error as Error, { wasHandedOver: handover.stream?.readableEnded ?? false });
      }
    },
    verify: async () => {
      await transportFor(await settings()).verify();
    },
    close: async () => open?.transport.close(),
  };
}

/** How long it may take, and the proxy it is reached through. */
function wayTo({ host, port }: { host: string; port: number }, config: Deps['config']) {
  const { smtp_timeout_ms, proxy } = config;
  const way = proxyFor(proxy, host, port);
  return {
    connectionTimeout: smtp_timeout_ms,
    greetingTimeout: smtp_timeout_ms,
    socketTimeout: SILENCE_MS,
    ...(way ? { proxy: way } : {}),
  };
}

/** The message's own stream: its final dot is written after its end, so before that no server can have taken it. */
type Handover = { stream: { readableEnded: boolean } | null };

/** A plug-in of the transport that lets `send` see whether its message left. */
function watchHandover(mail: unknown, done: (error?: Error | null) => void): void {
  const { data, message } = mail as {
    data: { handover: Handover };
    message: { createReadStream(...given: unknown[]): { readableEnded: boolean } };
  };
  const create = message.createReadStream.bind(message);
  message.createReadStream = (...given) => {
    const stream = create(...given);
    data.handover.stream = stream;
    return stream;
  };
  done();
}

function letterOf({ to, subject, html, text, message_id, unsubscribe_url }: Mail) {
  // As an object an address is one address, whatever commas it holds. Files and URLs are nothing a letter may name.
  const address = { name: '', address: to };
  return {
    to: address,
    subject,
    html,
    text,
    messageId: message_id,
    headers: unsubscribeHeaders(unsubscribe_url),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function serverAddress(settings: Settings, config: Deps['config']) {
  const { email_host: host, email_port, email_username: user } = settings;
  if (host) {
    const { smtp_password: pass } = openCredentials(config.encryption_key.reveal(), settings.credentials);
    const port = email_port ?? 587;
    const auth = user ? { auth: { user, pass: pass ?? '' } } : {};
    const options = { host, port, secure: port === 465, requireTLS: mustEncrypt(host, user), ...auth };
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
    options: {
      host: hostname,
      port: Number(port || (secure ? 465 : 25)),
      secure,
      requireTLS: mustEncrypt(hostname, username),
      ...auth,
    },
  };
}

/** A password leaves this machine under TLS or not at all: somebody between could have taken STARTTLS away. */
function mustEncrypt(host: string, username: string | null): boolean {
  return Boolean(username) && !['localhost', '127.0.0.1', '[::1]', '::1'].includes(host);
}
