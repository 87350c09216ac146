drop index contact_phone;
create index contact_phone on contact (phone_number);
drop index contact_by_number_end;
drop index contact_by_external_id;
drop index contact_by_code;
drop index contact_by_outcome;
drop index contact_by_attempts;
drop index contact_by_next_attempt;
drop index contact_by_last_attempt;
