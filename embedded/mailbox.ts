import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SMTPServer } from 'smtp-server';
import { closeServer, listen } from './listen.ts';
import { inboxDoor } from './mailbox/inbox-door.ts';
import { MessageStore } from './mailbox/message-store.ts';
import { smtpDoor } from './mailbox/smtp-door.ts';

export type MailboxOptions = {
  /** 0: a free one. */
  smtpPort: number;
  /** 0: a free one. */
  httpPort: number;
  /** Where the mails are kept between starts. */
  dataDir: string;
};

export type RunningMailbox = { url: string; smtpUrl: string; stop(): Promise<void> };

/** A mail server with an inbox page, both on the loopback interface; GET /messages lists exactly what it accepted. */
export async function startMailbox(options: MailboxOptions): Promise<RunningMailbox> {
  const store = new MessageStore(options.dataDir);
  const smtp = smtpDoor(store);
  const smtpPort = await listenForMail(smtp, options.smtpPort);
  const inbox = createServer(inboxDoor(store));
  const httpPort = await listen(inbox, options.httpPort);
  return {
    url: `http://127.0.0.1:${httpPort}`,
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    async stop() {
      await closeServer(inbox);
      await new Promise<void>((resolve) => smtp.close(() => resolve()));
    },
  };
}

async function listenForMail(smtp: SMTPServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    smtp.server.once('error', reject);
    smtp.listen(port, '127.0.0.1', () => {
      smtp.server.off('error', reject);
      resolve((smtp.server.address() as AddressInfo).port);
    });
  });
}
