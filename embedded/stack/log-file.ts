import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const MOST_BYTES = 20 * 1024 * 1024;
const TAIL_BYTES = 2000;

/** The file that a child process writes to by itself, so that our own end does not choke it. */
export class LogFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
    mkdirSync(dirname(path), { recursive: true });
  }

  /** Lends the open file to a child process that starts now; one that grew too large is put aside first. */
  open<T>(start: (descriptor: number) => T): T {
    if (existsSync(this.path) && statSync(this.path).size > MOST_BYTES)
      renameSync(this.path, `${this.path}.1`);
    const descriptor = openSync(this.path, 'a', 0o600);
    try {
      return start(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  /** Its last few lines, for the person in front of the terminal. */
  lastLines(): string {
    const descriptor = openSync(this.path, 'r');
    try {
      const size = statSync(this.path).size;
      const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
      readSync(descriptor, tail, 0, tail.length, size - tail.length);
      const lines = tail.toString('utf8').trim().split('\n').slice(-4);
      return `See ${this.path}, which ends:\n${lines.join('\n')}`;
    } finally {
      closeSync(descriptor);
    }
  }
}
