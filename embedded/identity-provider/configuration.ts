import { type Configuration, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { escapeHtml } from '../escape-html.ts';
import { htmlPage } from '../html-page.ts';
import { claimsOf, findAccount, PEOPLE } from './accounts.ts';
import { API_AUDIENCE, type ApplicationClient, clients } from './clients.ts';
import { MemoryStore } from './memory-store.ts';
import type { ProviderKeys } from './provider-keys.ts';

const HOUR = 3600;

/** The provider's whole configuration: code flow with PKCE, no consent page, JWT access tokens for the API. */
export function configuration(application: ApplicationClient, keys: ProviderKeys): Configuration {
  return {
    clients: clients(application),
    adapter: () => new MemoryStore(),
    jwks: keys.jwks,
    cookies: { keys: keys.cookies },
    findAccount,
    loadExistingGrant: grantEverything,
    interactions: { policy: policyWithoutConsent(), url: (_ctx, { uid }) => `/interaction/${uid}` },
    scopes: ['openid', 'email', 'profile'],
    claims: { openid: ['sub', 'role'], email: ['email', 'email_verified'], profile: ['name'] },
    // Without a userinfo endpoint the claims of the scopes are in the ID token itself (OIDC Core §5.4).
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    pkce: { required: () => true },
    extraTokenClaims: (_ctx, token) => {
      const person = PEOPLE.find(({ sub }) => 'accountId' in token && token.accountId === sub);
      return person && claimsOf(person);
    },
    clientBasedCORS: () => false,
    // The library refuses loopback addresses, which is where everything here lives; the only client is our own.
    fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined } as RequestInit),
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        // No question: signOutAtOnce turns this empty page into a redirect.
        logoutSource: (ctx) => {
          ctx.body = '';
        },
        postLogoutSuccessSource: sayGoodbye,
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => API_AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '',
          audience: API_AUDIENCE,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 8 * HOUR,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    ttl: { AccessToken: 8 * HOUR, IdToken: HOUR, Interaction: HOUR, Session: 12 * HOUR, Grant: 12 * HOUR },
    renderError: (ctx, out) => {
      ctx.type = 'html';
      const reason = escapeHtml(out.error_description ?? out.error);
      ctx.body = htmlPage('Sign-in failed', `<h1>Sign-in failed</h1>\n<p>${reason}</p>`);
    },
  };
}

/** Whoever signs in here grants all that was asked: the only client is our own application. */
async function grantEverything(ctx: KoaContextWithOIDC) {
  const { client, session, provider, requestParamScopes } = ctx.oidc;
  if (!client || !session?.accountId) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope([...requestParamScopes].join(' '));
  await grant.save();
  return grant;
}

function policyWithoutConsent() {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  return policy;
}

function sayGoodbye(ctx: KoaContextWithOIDC): void {
  ctx.type = 'html';
  ctx.body = htmlPage('Signed out', '<h1>Signed out</h1>\n<p>You may close this page.</p>');
}
