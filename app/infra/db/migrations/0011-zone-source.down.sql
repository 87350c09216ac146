drop trigger contact_zone_source on campaign;
drop function contact_zone_source();
update contact set time_zone_source = 'none' where time_zone_source = 'campaign';
