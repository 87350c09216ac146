import { sql } from 'kysely';
import { loadSettings } from '../admin/settings.ts';
import { appendAudit } from '../audit/append-audit.ts';
import {
  deleteAnswers,
  deleteConsents,
  deleteTranscripts,
  forgetDialledNumbers,
} from '../calling/delete-aged.ts';
import { forgetRehearsals } from '../calling/rehearsal/forget-rehearsals.ts';
import { forgetContacts } from '../contacts/forget-contacts.ts';
import { stripAnswers } from '../events/strip-answers.ts';
import type { Db, Tx } from '../infra/db/database.ts';
import { forgetAddresses } from '../notifications/delete-emails.ts';
import { forgetCounts } from '../reporting/forget-counts.ts';
import { requestDeletions } from './request-deletions.ts';
import { limitOf, RETENTION, RETENTION_CLASSES, type RetentionClass } from './retention-class.ts';

export type Swept = Record<RetentionClass, number>;

const BATCH = 500;
const LOCK = 7_340_018;

/**
 * Deletes everything that is over its time, class by class and batch by batch, each batch whole with its own note of what
 * it did. Answers how many calls (of numbers: contacts) that were; nothing while another process is at it.
 */
export async function sweepRetention(db: Db, { now }: { now: Date }): Promise<Swept> {
  const swept: Swept = { recording: 0, transcript: 0, consent: 0, answer: 0, phone_number: 0 };
  for (const name of RETENTION_CLASSES) {
    for (;;) {
      const deleted = await db.transaction().execute((tx) => sweepBatch(tx, name, now));
      swept[name] += deleted;
      if (deleted < BATCH) break;
    }
  }
  return swept;
}

async function sweepBatch(tx: Tx, name: RetentionClass, now: Date): Promise<number> {
  const lock = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as mine`.execute(tx);
  if (!lock.rows[0]!.mine) return 0;
  // Read here and not from memory: a limit that was just raised holds at once.
  const older_than = limitOf(name, await loadSettings(tx), now);
  const { rows } = await sql<{ id: string }>`
    select id from (${RETENTION[name].due(older_than)}) due group by id order by min(aged_at), id limit ${BATCH}`.execute(
    tx,
  );
  if (rows.length === 0) return 0;
  const deleted = await DELETE[name](
    tx,
    rows.map(({ id }) => id),
    now,
  );
  if (deleted === 0) return 0;
  await tx
    .insertInto('retention_sweep')
    .values({ class: name, swept_at: now, older_than, deleted })
    .execute();
  await appendAudit(tx, {
    at: now,
    user_id: null,
    action: 'retention.swept',
    entity: name,
    entity_id: null,
    changes: {
      deleted: { previous: null, new: deleted },
      older_than: { previous: null, new: older_than },
    },
  });
  return deleted;
}

type Deletion = (tx: Tx, ids: string[], now: Date) => Promise<number>;

const DELETE: Record<RetentionClass, Deletion> = {
  recording: async (tx, ids, now) => {
    const rows = await tx
      .selectFrom('call_attempt')
      .select(['provider_name', 'provider_call_id'])
      .where('id', 'in', ids)
      .where('provider_call_id', 'is not', null)
      .execute();
    const calls = rows as { provider_name: string; provider_call_id: string }[];
    await requestDeletions(tx, { calls, copies: ['recording'], erasure_id: null, now });
    return calls.length;
  },
  transcript: async (tx, ids) => {
    const deleted = await deleteTranscripts(tx, ids);
    await forgetRehearsals(tx, ids);
    await forgetCounts(tx);
    return deleted;
  },
  consent: deleteConsents,
  answer: async (tx, ids) => {
    await stripAnswers(tx, ids);
    const deleted = await deleteAnswers(tx, ids);
    await forgetCounts(tx);
    return deleted;
  },
  phone_number: async (tx, ids, now) => {
    await forgetDialledNumbers(tx, ids);
    await forgetAddresses(tx, ids);
    return forgetContacts(tx, ids, now);
  },
};
