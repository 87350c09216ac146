import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { newId } from '../../infra/db/id.ts';
import type { RowContact } from './read-row.ts';

export type NewContact = RowContact & {
  zone_set_id: number;
  excluded_reason: 'do_not_call' | 'exclusion_list' | null;
};

const COLUMNS =
  'id, campaign_id, contact_import_id, external_contact_id, phone_number, email, preferred_language, has_prior_consent, do_not_call, time_zones, time_zone_source, zone_set_id, state, excluded_reason, created_at, updated_at';

/**
 * Copies contacts straight into their table, in the transaction of `client`: nobody sees one before the commit. As fast as
 * PostgreSQL takes them; `write` waits while it is behind.
 */
export function copyContacts(
  client: pg.PoolClient,
  { campaign_id, import_id, now }: { campaign_id: string; import_id: string; now: Date },
) {
  const stream = client.query(copyFrom(`copy contact (${COLUMNS}) from stdin`));
  const scope = `\t${campaign_id}\t${import_id}\t`;
  const times = `\t${now.toISOString()}\t${now.toISOString()}\n`;
  let failure: Error | null = null;
  stream.on('error', (error) => {
    failure = error;
  });
  const settled = (event: 'drain' | 'finish') => once(stream, event).then(() => {});
  return {
    write: async (contacts: readonly NewContact[]) => {
      if (failure) throw failure;
      if (contacts.length === 0) return;
      const lines = contacts.map((contact) => newId() + scope + cellsOf(contact) + times).join('');
      if (!stream.write(lines)) await settled('drain');
    },
    end: async () => {
      const finished = settled('finish');
      stream.end();
      await finished;
    },
    abort: (error: Error) => stream.destroy(error),
  };
}

function cellsOf(contact: NewContact): string {
  const { excluded_reason } = contact;
  return [
    text(contact.external_contact_id),
    contact.phone_number,
    text(contact.email),
    contact.preferred_language,
    contact.has_prior_consent ? 't' : 'f',
    contact.do_not_call ? 't' : 'f',
    `{${contact.time_zones.join(',')}}`,
    contact.time_zone_source,
    contact.zone_set_id,
    excluded_reason === null ? 'pending' : 'excluded',
    excluded_reason ?? '\\N',
  ].join('\t');
}

const SPECIAL = /[\\\t\n\r]/;

// COPY's text format: backslash first, then what would end a cell or a row.
function text(value: string | null): string {
  if (value === null) return '\\N';
  if (!SPECIAL.test(value)) return value;
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}
