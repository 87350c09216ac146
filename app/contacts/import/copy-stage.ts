import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { RowContact } from './read-row.ts';

export type StagedRow = RowContact & { id: string; line_number: number; phone_hash: Buffer };

// Lives and dies with the import's transaction; nothing is logged for it.
const CREATE = `create temp table import_stage (
  line_number integer, id uuid, external_contact_id text, phone_number text, phone_hash bytea, email text,
  preferred_language preferred_language, has_prior_consent boolean, do_not_call boolean,
  country text, time_zones text[], time_zone_source time_zone_source) on commit drop`;

/** Opens the stage on the import's own connection; `write` waits while PostgreSQL is behind. */
export async function openStage(client: pg.PoolClient) {
  await client.query(CREATE);
  const stream = client.query(copyFrom('copy import_stage from stdin'));
  let failure: Error | null = null;
  stream.on('error', (error) => {
    failure = error;
  });
  const settled = (event: 'drain' | 'finish') => once(stream, event).then(() => {});
  return {
    write: async (rows: StagedRow[]) => {
      if (failure) throw failure;
      if (rows.length > 0 && !stream.write(rows.map(lineOf).join(''))) await settled('drain');
    },
    end: async () => {
      const finished = settled('finish');
      stream.end();
      await finished;
      await client.query('analyze import_stage');
    },
    abort: (error: Error) => stream.destroy(error),
  };
}

function lineOf(row: StagedRow): string {
  const cells = [
    row.line_number,
    row.id,
    row.external_contact_id,
    row.phone_number,
    `\\x${row.phone_hash.toString('hex')}`,
    row.email,
    row.preferred_language,
    row.has_prior_consent,
    row.do_not_call,
    row.country,
    `{${row.time_zones.map((zone) => `"${zone}"`).join(',')}}`,
    row.time_zone_source,
  ];
  return `${cells.map((cell) => (cell === null ? '\\N' : escapeText(String(cell)))).join('\t')}\n`;
}

// COPY's text format: backslash first, then what would end a cell or a row.
function escapeText(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}
