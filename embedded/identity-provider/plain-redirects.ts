import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';

type Session = KoaContextWithOIDC['oidc']['session'];
/** The library sends it, its types do not say so. */
type Told = { backchannelLogoutUri?: string; backchannelLogout(sub: string, sid?: string): Promise<unknown> };

/**
 * Every sign-in begins without a session of this provider: it asks who signs in, so that changing from one
 * role to another is one click, and an account named by `login_hint` never meets the session of another.
 */
export function forgetSessions(provider: Provider): void {
  const name = provider.cookieName('session');
  provider.use(async (ctx, next) => {
    if (ctx.path === '/auth') {
      const cookies = (ctx.req.headers.cookie ?? '').split(/;\s*/);
      ctx.req.headers.cookie = cookies.filter((cookie) => !cookie.startsWith(name)).join('; ');
      ctx.cookies.set(name, null);
    }
    await next();
  });
}

/**
 * Signs out by a redirect alone. The library would ask "do you want to sign out?" and go on by a script in a
 * page; our application asks before it comes here. The return address was checked against the client before.
 */
export function signOutAtOnce(provider: Provider): void {
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.oidc?.route !== 'end_session' || ctx.status !== 200) return;
    await tellClients(provider, ctx.oidc.session);
    await ctx.oidc.session?.destroy();
    ctx.cookies.set(provider.cookieName('session'), null);
    const { post_logout_redirect_uri: returnTo, state } = ctx.oidc.params ?? {};
    const target = new URL(typeof returnTo === 'string' ? returnTo : ctx.oidc.urlFor('end_session_success'));
    if (typeof returnTo === 'string' && typeof state === 'string') target.searchParams.set('state', state);
    ctx.body = null;
    ctx.redirect(target.href);
    ctx.status = 303;
  });
}

/** What the library's own confirmation would do: every client of the session that asked for it is told that it is over. */
async function tellClients(provider: Provider, session: Session): Promise<void> {
  const { accountId } = session ?? {};
  if (!session || !accountId) return;
  const told = Object.keys(session.authorizations ?? {}).map(async (clientId) => {
    const client = (await provider.Client.find(clientId)) as Told | undefined;
    if (client?.backchannelLogoutUri) await client.backchannelLogout(accountId, session.sidFor(clientId));
  });
  // A client that cannot be told keeps its session until it ends by itself.
  await Promise.allSettled(told);
}
