import { CsvError, parse } from 'csv-parse';
import { AppError } from '../../errors.ts';

export type Delimiter = 'auto' | 'comma' | 'semicolon' | 'tab';

/** One record and the physical line (from 1) on which it starts; blank ones are left out. */
export type CsvRecord = { cells: string[]; line_number: number };

const CHARACTERS = { comma: ',', semicolon: ';', tab: '\t' } as const;
// Longer than any honest row; a quote that is never closed would otherwise swallow the file into memory.
const LONGEST_RECORD = 256 * 1024;
const LINE_END = /\r\n|\n|\r/g;
const SEPARATOR_LINE = /^\s*sep=(.)(?:\r\n|\n|\r)/i;

/**
 * Splits text into records (RFC 4180, any line ending), a batch for each piece of text. Rows of any length come through:
 * judging them is the reader's business. A quote that is never closed ends it with `import.unreadable`.
 */
export async function* csvRecords(
  pieces: AsyncIterable<string>,
  delimiter: Delimiter,
): AsyncGenerator<CsvRecord[]> {
  let begun: Begun | null = null;
  let head = '';
  for await (const piece of pieces) {
    if (begun) {
      yield begun.feed(piece);
      continue;
    }
    head += piece;
    // The whole header must be there, and what Excel may have put before it, to choose the separator.
    const header = head.replace(SEPARATOR_LINE, '').trimStart();
    if (!/[\r\n]/.test(header) && head.length < LONGEST_RECORD) continue;
    begun = begin(head, delimiter);
    yield begun.feed(begun.rest);
  }
  begun ??= begin(head, delimiter, true);
  if (begun.unread) yield begun.feed(begun.rest);
  yield await begun.end();
}

type Begun = { rest: string; unread: boolean; feed(text: string): CsvRecord[]; end(): Promise<CsvRecord[]> };

function begin(head: string, delimiter: Delimiter, unread = false): Begun {
  const { character, rest, skipped } = chooseDelimiter(head, delimiter);
  const parser = parse({
    delimiter: character,
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: LONGEST_RECORD,
  });
  let failure: Error | null = null;
  parser.on('error', (error) => {
    failure = error;
  });
  // Every record ends one line, blank ones included, and has as many more as there are line ends inside its quotes.
  let line = skipped + 1;
  const drain = (): CsvRecord[] => {
    if (failure) throw unreadable(failure, line);
    const records: CsvRecord[] = [];
    for (
      let cells = parser.read() as string[] | null;
      cells !== null;
      cells = parser.read() as string[] | null
    ) {
      if (cells.some((cell) => cell.trim() !== '')) records.push({ cells, line_number: line });
      line += 1 + cells.reduce((sum, cell) => sum + (cell.match(LINE_END)?.length ?? 0), 0);
    }
    return records;
  };
  return {
    rest,
    unread,
    feed: (text) => {
      parser.write(text);
      return drain();
    },
    end: () =>
      new Promise((resolve, reject) => {
        const records: CsvRecord[] = [];
        const collect = () => {
          try {
            records.push(...drain());
          } catch (error) {
            reject(error);
          }
        };
        parser.on('readable', collect);
        parser.on('end', () => resolve(records));
        parser.on('error', collect);
        parser.end();
      }),
  };
}

// Excel's own `sep=;` line goes before every guess; else the separator that the header has most of.
function chooseDelimiter(head: string, delimiter: Delimiter) {
  const declared = SEPARATOR_LINE.exec(head);
  const rest = declared ? head.slice(declared[0].length) : head;
  const skipped = declared ? 1 : 0;
  if (delimiter !== 'auto') return { character: CHARACTERS[delimiter], rest, skipped };
  if (declared) return { character: declared[1]!, rest, skipped };
  const header = /^\s*([^\r\n]*)/.exec(rest)![1]!.replaceAll(/"[^"]*"/g, '');
  const counts = Object.values(CHARACTERS).map((character) => ({
    character,
    count: header.split(character).length,
  }));
  const [most] = counts.sort((a, b) => b.count - a.count);
  return { character: most!.character, rest, skipped };
}

function unreadable(cause: Error, line: number): AppError {
  const code = cause instanceof CsvError ? cause.code : '';
  const detail =
    code === 'CSV_QUOTE_NOT_CLOSED'
      ? `The file cannot be read: a quotation mark opened near line ${line} is never closed.`
      : code === 'CSV_MAX_RECORD_SIZE'
        ? `The file cannot be read: the row at line ${line} is longer than ${LONGEST_RECORD} characters.`
        : `The file cannot be read as CSV near line ${line}.`;
  return new AppError('import.unreadable', detail, { cause, extra: { line_number: line } });
}
