drop trigger campaign_guard_deletion on campaign;
drop function campaign_guard_deletion;
drop trigger script_version_kept on script_version;
drop table script_approval;
drop trigger contact_count_inserted on contact;
drop trigger contact_count_updated on contact;
drop trigger contact_count_deleted on contact;
drop function contact_count_inserted, contact_count_updated, contact_count_deleted, contact_counts,
  fold_contact_counts, recount_contacts;
drop table contact_count_delta;
drop table contact_count;
