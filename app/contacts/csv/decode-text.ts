import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { AppError } from '../../errors.ts';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/**
 * Bytes of a file as text, chunk by chunk. A byte-order mark decides; without one, zero bytes mean UTF-16, and a file
 * that turns out not to be UTF-8 is read as Windows-1252 from there on, which is what spreadsheets write.
 */
export async function* decodeText(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let pending: Buffer = Buffer.alloc(0);
  let decoder: Decoder | null = null;
  for await (const chunk of chunks) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    if (decoder === null) {
      if (pending.length < 4) continue;
      decoder = decoderFor(pending);
    }
    const text = decoder(pending, false);
    pending = Buffer.alloc(0);
    if (text !== '') yield text;
  }
  decoder ??= decoderFor(pending);
  const rest = decoder(pending, true);
  if (rest !== '') yield rest;
}

type Decoder = (bytes: Buffer, isLast: boolean) => string;

// What people upload in place of a text: a workbook (a ZIP archive), an old workbook, a compressed file, a PDF.
const NO_TEXT = ['504b0304', 'd0cf11e0', '1f8b', '25504446'];

function decoderFor(start: Buffer): Decoder {
  const signature = start.subarray(0, 4).toString('hex');
  if (NO_TEXT.some((known) => signature.startsWith(known))) {
    throw new AppError('import.unreadable', 'This is no CSV file; save the sheet as CSV and upload that.');
  }
  const encoding = detect(start);
  if (encoding === 'utf-8') return utf8OrWindows();
  const decoder = new TextDecoder(encoding);
  return (bytes, isLast) => decoder.decode(bytes, { stream: !isLast });
}

function detect(start: Buffer): Encoding {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  // A header is ASCII: in UTF-16 every other byte of it is zero.
  if (start[1] === 0 && start[3] === 0 && start[0] !== 0) return 'utf-16le';
  if (start[0] === 0 && start[2] === 0 && start[1] !== 0) return 'utf-16be';
  return 'utf-8';
}

function utf8OrWindows(): Decoder {
  let cut: Buffer = Buffer.alloc(0);
  let windows: InstanceType<typeof TextDecoder> | null = null;
  let isStart = true;
  return (bytes, isLast) => {
    const all = cut.length === 0 ? bytes : Buffer.concat([cut, bytes]);
    const end = isLast ? all.length : completeEnd(all);
    const whole = all.subarray(0, end);
    if (windows === null && !isUtf8(whole)) windows = new TextDecoder('windows-1252');
    if (windows !== null) {
      cut = Buffer.alloc(0);
      return windows.decode(all);
    }
    cut = Buffer.from(all.subarray(end));
    const text = whole.toString('utf8');
    const hasMark = isStart && text.startsWith('\ufeff');
    isStart = isStart && text === '';
    return hasMark ? text.slice(1) : text;
  };
}

// Where the last complete character ends: a sequence of up to four bytes may be cut by the end of a chunk.
function completeEnd(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}
