-- Counts per state, "is anything still open" and the list filtered by state, without reading the contacts themselves.
create index contact_state on contact (campaign_id, state);
