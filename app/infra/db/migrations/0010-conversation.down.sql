drop function ingest_call_events(text, timestamptz, jsonb);
alter table conversation drop column hearing_until;
