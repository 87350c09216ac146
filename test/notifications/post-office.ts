import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** What the office does with the next letter. Numbers are replies to RCPT (as `at_data`: after the final dot). */
export type Mood =
  | { reply: number }
  | { reply: number; at_data: true }
  | 'drop_at_sender'
  | 'drop_in_letter'
  | 'crawl'
  | 'drop_after_dot'
  | 'keep_and_drop';

/** A real mail server that does as it is told; `accepted` is what it kept, the truth about what was delivered. */
export async function postOffice() {
  const accepted: ParsedMail[] = [];
  const moods: Mood[] = [];
  const sockets = new Set<Socket>();
  let offers = 0;
  const hangUp = () => {
    for (const socket of sockets) socket.destroy();
  };
  const refusal = (responseCode: number) => Object.assign(new Error('refused'), { responseCode });
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onMailFrom(_address, _session, done) {
      offers += 1;
      if (moods[0] !== 'drop_at_sender') return done();
      moods.shift();
      hangUp();
    },
    onRcptTo(_address, _session, done) {
      const mood = moods[0];
      if (typeof mood !== 'object' || 'at_data' in mood) return done();
      moods.shift();
      done(refusal(mood.reply));
    },
    onData(stream, _session, done) {
      if (moods[0] === 'drop_in_letter') {
        moods.shift();
        stream.once('data', hangUp);
        return;
      }
      void buffer(stream).then(async (raw) => {
        const mood = moods.shift();
        if (mood === 'drop_after_dot') return hangUp();
        if (mood === 'crawl') return; // never says another word about it
        if (typeof mood === 'object') return done(refusal(mood.reply));
        accepted.push(await simpleParser(raw));
        if (mood === 'keep_and_drop') hangUp();
        else done(null, 'Kept');
      });
    },
  });
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('error', () => {}); // a dropped connection is what was asked for
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    accepted,
    /** How often a letter was offered to it. */
    offers: () => offers,
    next: (...given: Mood[]) => {
      moods.push(...given);
    },
    close: async () => {
      hangUp();
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

export type PostOffice = Awaited<ReturnType<typeof postOffice>>;
