import { AppError } from '../../errors.ts';
import { type CsvRecord, recordSplitter, UnreadableText } from './split-records.ts';

export type Delimiter = 'auto' | 'comma' | 'semicolon' | 'tab';
export type { CsvRecord } from './split-records.ts';

const CHARACTERS = { comma: ',', semicolon: ';', tab: '\t' } as const;
// Longer than any honest row; a quote that is never closed would otherwise swallow the file into memory.
const LONGEST_RECORD = 256 * 1024;
const SEPARATOR_LINE = /^\s*sep=(.)(?:\r\n|\n|\r)/i;

/**
 * Splits text into records, a batch for each piece of text. Judging rows of odd lengths is the reader's business. A quote
 * that is never closed ends it with `import.unreadable`.
 */
export async function* csvRecords(
  pieces: AsyncIterable<string>,
  delimiter: Delimiter,
): AsyncGenerator<CsvRecord[]> {
  let splitter: ReturnType<typeof recordSplitter> | null = null;
  let head = '';
  for await (const piece of pieces) {
    if (splitter) {
      yield readably(splitter.feed, piece);
      continue;
    }
    head += piece;
    // The whole header must be there, and what Excel may have put before it, to choose the separator.
    const header = head.replace(SEPARATOR_LINE, '').trimStart();
    if (!/[\r\n]/.test(header) && head.length < LONGEST_RECORD) continue;
    const { format, rest } = chooseFormat(head, delimiter);
    splitter = recordSplitter(format);
    yield readably(splitter.feed, rest);
  }
  if (!splitter) {
    const { format, rest } = chooseFormat(head, delimiter);
    splitter = recordSplitter(format);
    yield readably(splitter.feed, rest);
  }
  yield readably(splitter.end, '');
}

// Excel's own `sep=;` line goes before every guess; else the separator that the header has most of.
function chooseFormat(head: string, delimiter: Delimiter) {
  const declared = SEPARATOR_LINE.exec(head);
  const rest = declared ? head.slice(declared[0].length) : head;
  const first_line = declared ? 2 : 1;
  const chosen = delimiter === 'auto' ? (declared?.[1] ?? mostIn(rest)) : CHARACTERS[delimiter];
  return { format: { delimiter: chosen, first_line, longest_record: LONGEST_RECORD }, rest };
}

function mostIn(text: string): string {
  const header = /^\s*([^\r\n]*)/.exec(text)![1]!.replaceAll(/"[^"]*"/g, '');
  const counts = Object.values(CHARACTERS).map((character) => ({
    character,
    count: header.split(character).length,
  }));
  return counts.sort((a, b) => b.count - a.count)[0]!.character;
}

function readably(read: (text: string) => CsvRecord[], text: string): CsvRecord[] {
  try {
    return read(text);
  } catch (cause) {
    if (!(cause instanceof UnreadableText)) throw cause;
    const { line_number, reason } = cause;
    const texts = TEXTS[reason](line_number);
    throw new AppError('import.unreadable', texts.en, { cause, italian: texts.it, extra: { line_number } });
  }
}

const TEXTS = {
  open_quote: (line: number) => ({
    en: `The file cannot be read: a quotation mark opened at line ${line} is never closed.`,
    it: `Il file non è leggibile: le virgolette aperte alla riga ${line} non vengono mai chiuse.`,
  }),
  long_record: (line: number) => ({
    en: `The file cannot be read: the row at line ${line} is longer than ${LONGEST_RECORD} characters; is a quotation mark missing?`,
    it: `Il file non è leggibile: la riga ${line} supera i ${LONGEST_RECORD} caratteri; manca una chiusura di virgolette?`,
  }),
} satisfies Record<UnreadableText['reason'], (line: number) => { en: string; it: string }>;
