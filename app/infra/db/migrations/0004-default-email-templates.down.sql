delete from email_template where name = 'Default' and id::text like '018f0000-0000-7000-8000-00000000000%';
