drop index contact_state;
