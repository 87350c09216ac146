import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';

const QUOTE = 0x22;
const LF = 0x0a;

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
      const out = Buffer.allocUnsafe(chunk.length * 2);
      let at = 0;
      for (const byte of chunk) {
        if (byte === QUOTE) isQuoted = !isQuoted;
        if (byte === LF && !isQuoted) {
          out[at++] = 0x0d;
          lines += 1;
        }
        out[at++] = byte;
      }
      const result = out.subarray(0, at);
      hash.update(result);
      done(null, result);
    },
  });
  return { stream, figures: () => ({ rows: Math.max(0, lines - 1), sha256: hash.copy().digest('hex') }) };
}
