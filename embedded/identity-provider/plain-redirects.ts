import type Provider from 'oidc-provider';

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
