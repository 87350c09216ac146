import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { MessageStore } from './message-store.ts';

const MAX_MESSAGE_BYTES = 10 * 1024 * 1024;

/** A mail server that takes mail for anyone and says 250 only when the mail is kept. */
export function smtpDoor(store: MessageStore): SMTPServer {
  const server = new SMTPServer({
    name: 'mailbox.localhost',
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    size: MAX_MESSAGE_BYTES,
    closeTimeout: 1000,
    onData(stream, session, done) {
      const { mailFrom, rcptTo } = session.envelope;
      const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) };
      buffer(stream)
        .then(async (raw) => {
          if (stream.sizeExceeded) throw refusal(552, 'The message is larger than 10 MB');
          return store.add(raw, envelope);
        })
        .then(
          ({ id }) => done(null, `Kept as ${id}`),
          (error: Error) => done(error),
        );
    },
  });
  // A client that hangs up midway is no failure of ours; its mail was not acknowledged.
  server.on('error', (error) => console.error(`The mailbox lost a connection: ${error.message}`));
  return server;
}

function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}
