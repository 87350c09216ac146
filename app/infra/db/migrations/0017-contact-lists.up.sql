-- A page of a list, and a search in it, cost the same at the first contact and at the millionth (contacts/list-contacts).
create index contact_by_last_attempt on contact (campaign_id, last_attempt_at, id);
create index contact_by_next_attempt on contact (campaign_id, next_attempt_at, id);
create index contact_by_attempts on contact (campaign_id, attempts_count, id);
-- The few of one kind among a million; those who were never dialled are not few, and cost nothing here.
create index contact_by_outcome on contact (campaign_id, last_outcome) where last_outcome is not null;
create index contact_by_code on contact (campaign_id, aapor_code) where aapor_code <> '3.11';
-- Start of the external id, in any case; the last four digits of a number.
create index contact_by_external_id on contact (campaign_id, lower(external_contact_id) text_pattern_ops)
  where external_contact_id is not null;
create index contact_by_number_end on contact (campaign_id, right(phone_number, 4));
-- Start of a number: the same index as before, in an order that also knows beginnings, whatever the collation.
drop index contact_phone;
create index contact_phone on contact (phone_number text_pattern_ops);
