drop function claim_redials(timestamptz, numeric, integer, integer);
drop function claim_contacts(timestamptz, integer, numeric, integer, text, integer, uuid[], integer[]);
drop function free_permits(timestamptz, numeric);
drop function callable_zone_sets(uuid);
drop table provider_breaker;
alter table conversation drop column connects, drop column callback_at, drop column disposition;
drop index call_attempt_permit;
alter table call_attempt drop column dial_tries, drop column dial_permit_at;
drop index contact_claim_again;
drop index contact_claim;
create index contact_claim on contact (campaign_id, zone_set_id, next_attempt_at nulls first, id)
  where state = 'pending' or (state = 'not_reached' and not_reached_reason = 'attempts_used_up');
drop function new_id();
