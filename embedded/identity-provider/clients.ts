import type { ClientMetadata } from 'oidc-provider';

/** The application's own client: confidential, with a secret. */
export const APPLICATION_CLIENT_ID = 'voicesurveyagent';
/** The client of command lines: public, so PKCE is all its proof. */
export const COMMAND_LINE_CLIENT_ID = 'voicesurveyagent-cli';
/** Where the command line pretends to wait for the code; the port is free to choose (RFC 8252 §7.3). */
export const COMMAND_LINE_REDIRECT_URI = 'http://127.0.0.1/callback';
/** Who the access tokens are for. */
export const API_AUDIENCE = 'urn:voicesurveyagent:api';

export type ApplicationClient = {
  clientSecret: string;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  /** Where the application is told that somebody has signed out elsewhere. */
  backchannelLogoutUri: string;
};

/** Both clients, as the provider's library takes them. */
export function clients(application: ApplicationClient): ClientMetadata[] {
  return [
    {
      client_id: APPLICATION_CLIENT_ID,
      client_name: 'Voice survey agent',
      client_secret: application.clientSecret,
      redirect_uris: application.redirectUris,
      post_logout_redirect_uris: application.postLogoutRedirectUris,
      backchannel_logout_uri: application.backchannelLogoutUri,
      backchannel_logout_session_required: true,
    },
    {
      client_id: COMMAND_LINE_CLIENT_ID,
      client_name: 'Voice survey agent, command line',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      redirect_uris: [COMMAND_LINE_REDIRECT_URI],
    },
  ];
}
