import { appendFile } from 'node:fs/promises';
import type { CallPorts } from '../calling/ports.ts';

/** One erasure as the ledger outside the database holds it: ids and the keyed hash, nothing that names a person. */
export type LedgerEntry = {
  id: string;
  phone_hash: Buffer | null;
  contact_ids: string[];
  erased_at: Date;
};

/** The entry as one line of JSON. */
export function ledgerLine({ id, phone_hash, contact_ids, erased_at }: LedgerEntry): string {
  const hash = phone_hash?.toString('hex') ?? null;
  return `${JSON.stringify({ id, phone_hash: hash, contact_ids, erased_at: erased_at.toISOString() })}\n`;
}

/** Reads the lines of a ledger; throws at one that is none, with its number. */
export function readLedger(text: string): LedgerEntry[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.flatMap((line, at) => {
    if (line === '') return [];
    try {
      const { id, phone_hash, contact_ids, erased_at } = JSON.parse(line);
      const hash = phone_hash === null ? null : Buffer.from(phone_hash, 'hex');
      if (typeof id !== 'string' || !Array.isArray(contact_ids)) throw new Error('not an erasure');
      return [{ id, phone_hash: hash, contact_ids, erased_at: new Date(erased_at) }];
    } catch (cause) {
      throw new Error(`line ${at + 1} of the ledger is not an erasure`, { cause });
    }
  });
}

type Ctx = Pick<CallPorts, 'log'> & { config: { erasure_ledger_file: string | null } };

/** Appends an erasure to the ledger file, where one is set; the ledger of the database has it already. */
export async function writeLedger({ config, log }: Ctx, entry: LedgerEntry): Promise<void> {
  if (config.erasure_ledger_file === null) return;
  try {
    await appendFile(config.erasure_ledger_file, ledgerLine(entry), { mode: 0o600, flush: true });
  } catch (error) {
    log.error(
      { err: error, erasure_id: entry.id, alert: true },
      'an erasure is missing from the ledger file',
    );
  }
}
