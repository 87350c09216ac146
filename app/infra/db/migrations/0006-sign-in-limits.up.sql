-- The provider's own name for a session, so that its back-channel logout finds ours (OpenID Connect Back-Channel 1.0).
alter table session add column oidc_sid text;
-- What a person recognises a session by when they look for one that is not theirs.
alter table session add column user_agent text;
create index session_by_sid on session (oidc_sid) where revoked_at is null;

-- Logout tokens that were obeyed: one that is sent again must not end a later session.
create table logout_token (
  jti_hash bytea primary key,
  expires_at timestamptz not null
);

-- Requests counted by all processes together. After a crash counting starts anew, so it need not be logged.
create unlogged table request_count (
  key_hash bytea primary key,
  count integer not null,
  resets_at timestamptz not null
);
