-- The letters that a campaign can use from the first day, in both languages. Administrators may change them.
insert into email_template (id, name, type, locale, subject, body_html, body_text, is_default, created_at, updated_at) values
  ('018f0000-0000-7000-8000-000000000001', 'Default', 'completed', 'en', 'Thank you for taking part',
   '<p>Good day,</p><p>thank you for answering our questions on {{ date }} for {{ organization_name }} ("{{ campaign_name }}"). Your answers help to do things better.</p><p>You need not do anything further.</p><p>Kind regards<br>{{ organization_name }}</p><p><small>This message was written by an automated assistant.</small></p>',
   E'Good day,\n\nthank you for answering our questions on {{ date }} for {{ organization_name }} ("{{ campaign_name }}"). Your answers help to do things better.\n\nYou need not do anything further.\n\nKind regards\n{{ organization_name }}\n\nThis message was written by an automated assistant.\n',
   true, now(), now()),
  ('018f0000-0000-7000-8000-000000000002', 'Default', 'completed', 'it', 'Grazie per la partecipazione',
   '<p>Buongiorno,</p><p>grazie per aver risposto alle nostre domande del {{ date }} per {{ organization_name }} ("{{ campaign_name }}"). Le sue risposte aiutano a migliorare.</p><p>Non deve fare altro.</p><p>Cordiali saluti<br>{{ organization_name }}</p><p><small>Questo messaggio è stato scritto da un assistente automatico.</small></p>',
   E'Buongiorno,\n\ngrazie per aver risposto alle nostre domande del {{ date }} per {{ organization_name }} ("{{ campaign_name }}"). Le sue risposte aiutano a migliorare.\n\nNon deve fare altro.\n\nCordiali saluti\n{{ organization_name }}\n\nQuesto messaggio è stato scritto da un assistente automatico.\n',
   true, now(), now()),
  ('018f0000-0000-7000-8000-000000000003', 'Default', 'refused', 'en', 'Your wish not to take part',
   '<p>Good day,</p><p>we called you on {{ date }} for {{ organization_name }} ("{{ campaign_name }}"), and you preferred not to take part. We respect that and have kept no answers.</p><p>For this survey you will not be called again.</p><p>Kind regards<br>{{ organization_name }}</p><p><small>This message was written by an automated assistant.</small></p>',
   E'Good day,\n\nwe called you on {{ date }} for {{ organization_name }} ("{{ campaign_name }}"), and you preferred not to take part. We respect that and have kept no answers.\n\nFor this survey you will not be called again.\n\nKind regards\n{{ organization_name }}\n\nThis message was written by an automated assistant.\n',
   true, now(), now()),
  ('018f0000-0000-7000-8000-000000000004', 'Default', 'refused', 'it', 'La sua scelta di non partecipare',
   '<p>Buongiorno,</p><p>l''abbiamo chiamata il {{ date }} per {{ organization_name }} ("{{ campaign_name }}") e ha preferito non partecipare. Rispettiamo la sua scelta e non abbiamo conservato risposte.</p><p>Per questo sondaggio non sarà più chiamato.</p><p>Cordiali saluti<br>{{ organization_name }}</p><p><small>Questo messaggio è stato scritto da un assistente automatico.</small></p>',
   E'Buongiorno,\n\nl''abbiamo chiamata il {{ date }} per {{ organization_name }} ("{{ campaign_name }}") e ha preferito non partecipare. Rispettiamo la sua scelta e non abbiamo conservato risposte.\n\nPer questo sondaggio non sarà più chiamato.\n\nCordiali saluti\n{{ organization_name }}\n\nQuesto messaggio è stato scritto da un assistente automatico.\n',
   true, now(), now()),
  ('018f0000-0000-7000-8000-000000000005', 'Default', 'not_reached', 'en', 'We could not reach you',
   '<p>Good day,</p><p>we tried to reach you by telephone for {{ organization_name }} ("{{ campaign_name }}") and did not succeed.</p><p>We will not try again for this survey; you need not do anything.</p><p>Kind regards<br>{{ organization_name }}</p><p><small>This message was written by an automated assistant.</small></p>',
   E'Good day,\n\nwe tried to reach you by telephone for {{ organization_name }} ("{{ campaign_name }}") and did not succeed.\n\nWe will not try again for this survey; you need not do anything.\n\nKind regards\n{{ organization_name }}\n\nThis message was written by an automated assistant.\n',
   true, now(), now()),
  ('018f0000-0000-7000-8000-000000000006', 'Default', 'not_reached', 'it', 'Non siamo riusciti a contattarla',
   '<p>Buongiorno,</p><p>abbiamo provato a contattarla per telefono per {{ organization_name }} ("{{ campaign_name }}") senza riuscirci.</p><p>Per questo sondaggio non riproveremo; non deve fare nulla.</p><p>Cordiali saluti<br>{{ organization_name }}</p><p><small>Questo messaggio è stato scritto da un assistente automatico.</small></p>',
   E'Buongiorno,\n\nabbiamo provato a contattarla per telefono per {{ organization_name }} ("{{ campaign_name }}") senza riuscirci.\n\nPer questo sondaggio non riproveremo; non deve fare nulla.\n\nCordiali saluti\n{{ organization_name }}\n\nQuesto messaggio è stato scritto da un assistente automatico.\n',
   true, now(), now())
-- What a way down left, because it was in use, is there already.
on conflict do nothing;
