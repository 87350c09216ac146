-- A letter that was sent, or that a campaign names, keeps its template.
delete from email_template t where name = 'Default' and id::text like '018f0000-0000-7000-8000-00000000000%'
  and not exists (select from email_notification n where n.template_id = t.id)
  and not exists (select from campaign c
    where t.id in (c.email_completed_template_id, c.email_refused_template_id, c.email_not_reached_template_id));
