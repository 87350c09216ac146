import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Envelope, type Message, parseMessage } from './message.ts';

const DRAFT = '.tmp';

/** The mails in the folder, one file each, in the order of their acceptance. */
export class MessageStore {
  readonly #folder: string;
  readonly #messages: Message[];
  #next: number;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    const names = readdirSync(folder).sort();
    // A draft was never acknowledged to its sender.
    for (const name of names) if (name.endsWith(DRAFT)) rmSync(join(folder, name));
    const kept = names.filter((name) => name.endsWith('.json'));
    this.#messages = kept.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Message);
    this.#next = kept.length === 0 ? 1 : Number.parseInt(kept.at(-1) as string, 10) + 1;
  }

  /** Keeps the mail; when this resolves it survives the end of the process, however sudden. */
  async add(raw: Buffer, envelope: Envelope): Promise<Message> {
    const content = await parseMessage(raw, envelope);
    // No waiting from here on: two mails at once get their number, time and place in the same order.
    const message = { id: randomUUID(), at: new Date().toISOString(), ...content };
    const file = join(this.#folder, `${String(this.#next++).padStart(9, '0')}.json`);
    writeFileSync(file + DRAFT, JSON.stringify(message), { mode: 0o600 });
    renameSync(file + DRAFT, file);
    this.#messages.push(message);
    return message;
  }

  all(): readonly Message[] {
    return this.#messages;
  }

  find(id: string): Message | undefined {
    return this.#messages.find((message) => message.id === id);
  }
}
