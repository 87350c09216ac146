import { Writable } from 'node:stream';
import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

// The second line of defence: log calls carry ids, never personal values; what slips through is masked on the stream.
// Ids and times also hold digits, so a number must stand alone or begin with + to be taken for a phone number.
const PHONE = /\+\d{7,15}/g;
const EMAIL = /[\w.+-]+@[\w-]+\.[\w.-]+/g;

/** Masks phone numbers and e-mail addresses in a line of text. */
export function scrub(line: string): string {
  return line.replace(PHONE, '[phone]').replace(EMAIL, '[email]');
}

/** JSON lines on standard output, scrubbed of personal values. */
export function createLog(
  level: string,
  write: (line: string) => void = (line) => process.stdout.write(line),
): Logger {
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      write(scrub(chunk.toString()));
      done();
    },
  });
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream);
}
