drop table email_notification, bus_message, event, survey_response, call_answer, transcript_turn, consent_record,
  conversation, call_event, call_attempt, exclusion_list_entry, contact, contact_import_error, contact_import, zone_set,
  script_version, campaign, email_template, provider_config, audit_log_entry, sign_in, session, "user";
drop function campaign_guard_move, refuse_change, contact_guard_move, call_attempt_final;
drop type user_role, role_source, campaign_status, language, preferred_language, question_type, topic,
  contact_state, not_reached_reason, time_zone_source, import_status, exclusion_source, provider_status, call_outcome,
  disposition, dial_state, consent_decision, speaker, answer_status, survey_event_type, email_template_type,
  email_status, email_skip_reason, provider_type, llm_provider;
