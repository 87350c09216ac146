-- A contact whose own zone cannot be known is called by the campaign's, when it has one; its source says so.
create function contact_zone_source() returns trigger language plpgsql as $$
begin
  update contact
    set time_zone_source = case when new.time_zone is null then 'none' else 'campaign' end::time_zone_source
    where campaign_id = new.id and time_zone_source in ('none', 'campaign');
  return null;
end $$;
-- Only when the campaign gets a zone or loses it: which one it is, is read from the campaign.
create trigger contact_zone_source after update of time_zone on campaign for each row
  when ((old.time_zone is null) is distinct from (new.time_zone is null))
  execute function contact_zone_source();

update contact k set time_zone_source = 'campaign'
  from campaign c where c.id = k.campaign_id and c.time_zone is not null and k.time_zone_source = 'none';
