import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { CallStatus } from './call.ts';

/** One thing that happened on a line, as kept in `log.ndjson` and shown at GET /log. */
export interface Fact {
  at: string;
  call_sid: string;
  to: string;
  from: string;
  fact: 'accepted' | 'ringing' | 'answered' | 'agent_said' | 'respondent_said' | 'ended' | 'deleted';
  text: string | null;
  status: CallStatus;
  /** Who is on the line (`accepted`). */
  persona?: string;
  /** Where the application wants to hear of the call (`accepted`); carries its own call id. */
  callback_url?: string | null;
  status_callback_method?: 'GET' | 'POST';
  status_callback_events?: readonly string[];
  /** True where the words were cut off (`agent_said`). */
  interrupted?: boolean;
  answered_by?: string | null;
  duration_seconds?: number;
  sip_response_code?: number;
  ended_by?: 'respondent' | 'application' | 'network';
  error_code?: number | null;
}

/** The network's record of facts. */
export interface Journal {
  readonly path: string;
  /** Returns once the fact is in the file: it survives a SIGKILL of this process from then on. */
  append(fact: Fact): void;
  close(): void;
}

/** Opens the journal in a folder and returns it with every whole fact already in it, oldest first. */
export function openJournal(dataDir: string): { journal: Journal; facts: Fact[] } {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'log.ndjson');
  const fd = openSync(path, 'a+');
  if (endsTorn(fd)) writeSync(fd, '\n');
  const facts = readFileSync(path, 'utf8').split('\n').flatMap(parseLine);
  return {
    facts,
    journal: {
      path,
      append: (fact) => void writeSync(fd, `${JSON.stringify(fact)}\n`),
      close: () => closeSync(fd),
    },
  };
}

/** A process killed while writing leaves half a line; the next fact must not be glued to it. */
function endsTorn(fd: number): boolean {
  const { size } = fstatSync(fd);
  if (size === 0) return false;
  const lastByte = Buffer.alloc(1);
  readSync(fd, lastByte, 0, 1, size - 1);
  return lastByte.toString() !== '\n';
}

function parseLine(line: string): Fact[] {
  if (line === '') return [];
  try {
    return [JSON.parse(line) as Fact];
  } catch {
    return [];
  }
}
