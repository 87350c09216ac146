drop index call_event_recording;
drop index survey_response_completed;
drop index consent_record_decided;
drop index transcript_turn_created;
drop table retention_sweep;
drop type retention_class;
alter table provider_config drop column consent_retention_days, drop column answer_retention_days,
  drop column phone_number_retention_days;
drop table provider_deletion;
drop type provider_copy;
drop table erasure;
drop table legal_hold;
drop index email_notification_contact;
drop index contact_email;
drop index contact_with_number;
alter table contact drop constraint contact_in_progress_has_number;
-- Contacts whose numbers were deleted cannot come back under the old rule; one that nobody has takes their place.
update contact set phone_number = '+99900' || lpad((row_number)::text, 9, '0')
  from (select id as contact_id, row_number() over () from contact where phone_number is null) numberless
  where id = contact_id;
alter table contact alter column phone_number set not null;
