import { Writable } from 'node:stream';
import { type Logger, pino } from 'pino';
import { idsHere } from './observed.ts';

export type { Logger } from 'pino';

// The second line of defence: log calls carry ids, never personal values; what slips through is masked on the stream.
// Ids and times also hold digits, so a number must begin with + (%2B in an address) to be taken for a phone number.
const PHONE = /(?:\+|%2B)\d(?:[ .()-]?\d){6,14}/gi;
const EMAIL = /[\w.+-]{1,64}(?:@|%40)[\w-]+\.[\w.-]+/gi;

/** Masks phone numbers and e-mail addresses in a line of text. */
export function scrub(line: string): string {
  return line.replace(PHONE, '[phone]').replace(EMAIL, '[email]');
}

/** JSON lines on standard output with the ids of the work they were written in, scrubbed of personal values. */
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
  const timestamp = pino.stdTimeFunctions.isoTime;
  return pino(
    {
      level,
      base: null,
      timestamp,
      serializers: { err: errorFields },
      mixin: idsHere,
      // What a line says of itself wins over where it was written.
      mixinMergeStrategy: (given, around) => ({ ...around, ...given }),
    },
    stream,
  );
}

// What PostgreSQL adds to an error (`detail`, `where`, parameters) holds whole rows: only these members are written.
const ERROR_MEMBERS = ['name', 'code', 'constraint', 'table', 'status', 'kind', 'stack'] as const;

/** The part of an error that helps and names nobody, with its causes, five deep at the most. */
function errorFields(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error;
  const members = error as Error & Record<string, unknown>;
  const known = ERROR_MEMBERS.filter((name) => members[name] !== undefined);
  const fields = Object.fromEntries(known.map((name) => [name, members[name]]));
  return {
    ...fields,
    message: error.message,
    ...(error.cause && depth < 5 ? { cause: errorFields(error.cause, depth + 1) } : {}),
  };
}
