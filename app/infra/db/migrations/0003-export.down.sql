drop index contact_terminal;
drop table export;
drop type export_status;
