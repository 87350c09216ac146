import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/**
 * What the office does with a letter. Numbers are replies to RCPT (as `at_data`: after the final dot); `drop` hangs up,
 * `hold` goes silent, `keep` means that it has the letter all the same.
 */
export type Mood =
  | { reply: number }
  | { reply: number; at_data: true }
  | 'drop_at_sender'
  | 'hold_at_sender'
  | 'drop_in_letter'
  | 'drop_after_dot'
  | 'hold_after_dot'
  | 'keep_and_drop'
  | 'keep_and_hold';

/** A real mail server that does as it is told; `accepted` is what it kept, the truth about what was delivered. */
export async function postOffice() {
  const accepted: ParsedMail[] = [];
  const moods: Mood[] = [];
  const sockets = new Map<number, Socket>();
  const letters = new WeakMap<SMTPServerSession, Mood | undefined>();
  let offers = 0;
  let holding = 0;
  let weather = (): Mood | undefined => undefined;
  const hangUp = ({ remotePort }: SMTPServerSession) => sockets.get(Number(remotePort))?.destroy();
  const refusal = (responseCode: number) => Object.assign(new Error('refused'), { responseCode });

  async function take(
    raw: Buffer,
    session: SMTPServerSession,
    done: (error?: Error | null, text?: string) => void,
  ) {
    const mood = letters.get(session);
    if (mood === 'drop_after_dot') return hangUp(session);
    if (typeof mood === 'object') return done(refusal(mood.reply));
    if (mood !== 'hold_after_dot') accepted.push(await simpleParser(raw));
    if (mood === 'keep_and_drop') return hangUp(session);
    if (mood === 'hold_after_dot' || mood === 'keep_and_hold') holding += 1;
    else done(null, 'Kept');
  }

  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onMailFrom(_address, session, done) {
      offers += 1;
      const mood = moods.shift() ?? weather();
      letters.set(session, mood);
      if (mood === 'drop_at_sender') hangUp(session);
      else if (mood === 'hold_at_sender') holding += 1;
      else done();
    },
    onRcptTo(_address, session, done) {
      const mood = letters.get(session);
      done(typeof mood === 'object' && !('at_data' in mood) ? refusal(mood.reply) : null);
    },
    onData(stream, session, done) {
      if (letters.get(session) === 'drop_in_letter') stream.once('data', () => hangUp(session));
      else
        void buffer(stream).then(
          (raw) => take(raw, session, done),
          () => {},
        ); // hung up on midway: no letter
    },
  });
  server.server.on('connection', (socket: Socket) => {
    const port = Number(socket.remotePort);
    sockets.set(port, socket);
    socket.once('close', () => sockets.delete(port));
  });
  server.on('error', () => {}); // a dropped connection is what was asked for
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    accepted,
    /** How often a letter was offered to it. */
    offers: () => offers,
    /** How many letters it went silent about. */
    holding: () => holding,
    next: (...given: Mood[]) => {
      moods.push(...given);
    },
    /** What it does with letters for which it was told nothing. */
    setWeather: (given: () => Mood | undefined) => {
      weather = given;
    },
    close: async () => {
      for (const socket of sockets.values()) socket.destroy();
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

export type PostOffice = Awaited<ReturnType<typeof postOffice>>;
