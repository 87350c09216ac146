alter table campaign drop constraint campaign_deleted_at_rest;
drop table script_approval;
drop trigger contact_count_inserted on contact;
drop trigger contact_count_updated on contact;
drop trigger contact_count_deleted on contact;
drop function contact_count_inserted, contact_count_updated, contact_count_deleted, contact_counts,
  fold_contact_counts, recount_contacts;
drop table contact_count_delta;
drop table contact_count;
