import { type RawBuilder, sql } from 'kysely';
import type { Settings } from '../admin/settings.ts';
import type { RetentionClass } from '../infra/db/tables.ts';

export type { RetentionClass } from '../infra/db/tables.ts';

/** What is kept how long: the setting that says so, and what is over its time, as rows `(id, aged_at)`. */
type Rule = {
  setting: keyof Settings & `${string}_retention_days`;
  /** Rows whose `aged_at` lies before the limit and that no legal hold keeps; id is a call's, a rehearsal's or a contact's. */
  due(older_than: Date): RawBuilder<{ id: string; aged_at: Date }>;
};

const NOT_HELD = sql`not exists (select from legal_hold h where h.contact_id = a.contact_id)`;

export const RETENTION: Record<RetentionClass, Rule> = {
  recording: {
    setting: 'recording_retention_days',
    due: (older_than) => sql`
      select a.id, e.occurred_at as aged_at from call_event e join call_attempt a on a.call_id = e.call_id
      where e.payload ? 'RecordingSid' and e.occurred_at < ${older_than} and a.provider_call_id is not null
        and ${NOT_HELD} and not exists (select from provider_deletion d where d.provider_name = a.provider_name
          and d.provider_call_id = a.provider_call_id and d.copy = 'recording')`,
  },
  transcript: {
    setting: 'transcript_retention_days',
    due: (older_than) => sql`
      select t.call_attempt_id as id, t.created_at as aged_at
      from transcript_turn t join call_attempt a on a.id = t.call_attempt_id
      where t.created_at < ${older_than} and a.ended_at is not null and ${NOT_HELD}
      union all
      select r.id, r.updated_at as aged_at from rehearsal r
      where r.scene is not null and r.updated_at < ${older_than}`,
  },
  consent: {
    setting: 'consent_retention_days',
    due: (older_than) => sql`
      select c.call_attempt_id as id, c.decided_at as aged_at
      from consent_record c join call_attempt a on a.id = c.call_attempt_id
      where c.decided_at < ${older_than} and a.ended_at is not null and ${NOT_HELD}`,
  },
  answer: {
    setting: 'answer_retention_days',
    due: (older_than) => sql`
      select r.call_attempt_id as id, r.completed_at as aged_at
      from survey_response r join call_attempt a on a.id = r.call_attempt_id
      where r.completed_at < ${older_than} and ${NOT_HELD}
      union all
      select q.call_attempt_id, a.ended_at
      from call_answer q join call_attempt a on a.id = q.call_attempt_id
      where a.ended_at < ${older_than} and ${NOT_HELD}`,
  },
  phone_number: {
    setting: 'phone_number_retention_days',
    // Counted from the campaign's end: until then somebody may have to be called, or called back.
    due: (older_than) => sql`
      select a.contact_id as id, a.ended_at as aged_at from (
        select k.id as contact_id, coalesce(c.deleted_at, c.updated_at) as ended_at
        from campaign c join contact k on k.campaign_id = c.id
        where (c.status in ('completed', 'cancelled') or c.deleted_at is not null)
          and coalesce(c.deleted_at, c.updated_at) < ${older_than}
          and k.phone_number is not null and k.state <> 'in_progress') a
      where ${NOT_HELD}`,
  },
};

export const RETENTION_CLASSES = Object.keys(RETENTION) as RetentionClass[];

const DAY_MS = 86_400_000;

/** Whatever is older than this is over its time. */
export function limitOf(name: RetentionClass, settings: Settings, now: Date): Date {
  return new Date(now.getTime() - settings[RETENTION[name].setting] * DAY_MS);
}
