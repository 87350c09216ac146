do $$
begin
  execute format('grant all on audit_log_entry to %I', current_user);
end $$;
drop table audit_seal;
drop trigger audit_log_entry_head on audit_log_entry;
drop function audit_head_moves();
drop table audit_head;
drop index audit_log_entry_user;
drop index audit_log_entry_entity;
drop index audit_log_entry_at;
drop index audit_log_entry_one_successor;
drop trigger audit_log_entry_not_emptied on audit_log_entry;
drop trigger audit_log_entry_kept on audit_log_entry;
