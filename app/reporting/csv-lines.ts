import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/**
 * Ends records with CRLF (RFC 4180) where PostgreSQL ends them with LF, leaving line breaks inside quotes alone; counts
 * records and hashes what passes.
 */
export function csvLines(): { stream: Transform; figures(): { rows: number; sha256: string } } {
  let isQuoted = false;
  let lines = 0;
  const hash = createHash('sha256');
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const ends: number[] = [];
      for (let at = 0; at < chunk.length; at += 1) {
        const byte = chunk[at];
        if (byte === QUOTE) isQuoted = !isQuoted;
        else if (byte === LF && !isQuoted) ends.push(at);
      }
      lines += ends.length;
      const result = withReturns(chunk, ends);
      hash.update(result);
      done(null, result);
    },
  });
  return { stream, figures: () => ({ rows: Math.max(0, lines - 1), sha256: hash.copy().digest('hex') }) };
}

/** The same bytes with a CR before each of these places. */
function withReturns(chunk: Buffer, places: readonly number[]): Buffer {
  const out = Buffer.allocUnsafe(chunk.length + places.length);
  let from = 0;
  let to = 0;
  for (const place of places) {
    to += chunk.copy(out, to, from, place);
    out[to] = CR;
    to += 1;
    from = place;
  }
  chunk.copy(out, to, from);
  return out;
}
