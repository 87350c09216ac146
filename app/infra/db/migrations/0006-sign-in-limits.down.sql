drop table request_count;
drop table logout_token;
drop index session_by_sid;
alter table session drop column user_agent;
alter table session drop column oidc_sid;
