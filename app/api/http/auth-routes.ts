import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { beginSignIn } from '../../auth/begin-sign-in.ts';
import { endProviderSessions } from '../../auth/end-provider-sessions.ts';
import { finishSignIn } from '../../auth/finish-sign-in.ts';
import { listSessions } from '../../auth/list-sessions.ts';
import { revokeSession } from '../../auth/revoke-session.ts';
import { signOut } from '../../auth/sign-out.ts';
import { lawWarnings } from '../../campaigns/jurisdictions/law-warnings.ts';
import { AppError } from '../../errors.ts';
import { sessionCookieName } from './caller.ts';
import { paged, pageQuery, toPage } from './paging.ts';
import { type Call, route } from './route.ts';

const role = z.enum(['admin', 'campaign_manager', 'viewer']).nullable();
const sessionSchema = z.object({
  id: z.string(),
  user_id: z.string(),
  user_name: z.string(),
  user_agent: z.string().nullable(),
  created_at: z.date(),
  last_seen_at: z.date(),
  expires_at: z.date(),
  is_current: z.boolean(),
});

const stateCookieName = (public_url: string) =>
  public_url.startsWith('https://') ? '__Host-vsa_sign_in' : 'vsa_sign_in';
const cookieOptions = (public_url: string) =>
  ({ httpOnly: true, sameSite: 'lax', path: '/', secure: public_url.startsWith('https://') }) as const;

export const authRoutes = [
  route({
    method: 'GET',
    path: '/api/auth/login',
    access: 'public',
    limit: 'sign_in',
    summary: 'Start signing in',
    tag: 'auth',
    query: z.object({
      return_to: z.string().max(2_000).default('/'),
      login_hint: z.string().max(320).optional(),
    }),
    handle: async ({ ctx, query, reply }) => {
      const { return_to, login_hint } = query;
      const { location, state } = await beginSignIn(ctx, { return_to, login_hint, now: ctx.now() });
      const options = { ...cookieOptions(ctx.config.public_url), maxAge: 600 };
      return reply.setCookie(stateCookieName(ctx.config.public_url), state, options).redirect(location);
    },
  }),
  route({
    method: 'GET',
    path: '/api/auth/callback',
    access: 'public',
    summary: 'The identity provider sends people back here',
    tag: 'auth',
    handle: endSignIn,
  }),
  route({
    method: 'POST',
    path: '/api/auth/logout',
    access: 'signed_in',
    summary: 'End this session; the answer says where to end the provider’s own',
    tag: 'auth',
    response: z.object({ redirect_to: z.string().nullable() }),
    handle: async ({ ctx, actor, reply }) => {
      const { session_id, user_id } = actor;
      const redirect_to = session_id ? await signOut(ctx, { session_id, user_id, now: ctx.now() }) : null;
      clearSession(reply, ctx.config.public_url);
      return { redirect_to };
    },
  }),
  route({
    method: 'POST',
    path: '/api/auth/backchannel-logout',
    access: 'public',
    summary: 'The identity provider tells that somebody has signed out; a signed logout token',
    tag: 'auth',
    raw: 'buffer',
    handle: async ({ ctx, body, reply }: Call<unknown, unknown, Buffer>) => {
      const logout_token = new URLSearchParams(String(body ?? '')).get('logout_token') ?? '';
      await endProviderSessions(ctx, { logout_token, now: ctx.now() });
      return reply.code(200).send();
    },
  }),
  route({
    method: 'GET',
    path: '/api/auth/me',
    access: 'signed_in',
    summary: 'Who is signed in',
    tag: 'auth',
    response: z.object({
      id: z.string(),
      email: z.string(),
      name: z.string(),
      role,
      notice: z.string().nullable().describe('what the deployment says on every page'),
      warnings: z
        .object({ advising: z.array(z.string()), stale: z.array(z.string()) })
        .nullable()
        .describe(
          'for administrators in production: countries whose profile only advises, or whose register is stale',
        ),
    }),
    handle: async ({ ctx, actor, language }) => {
      const isWarned = actor.role === 'admin' && ctx.config.node_env === 'production';
      return {
        id: actor.user_id,
        email: actor.email,
        name: actor.name,
        role: actor.role,
        notice: ctx.config.console_notice[language],
        warnings: isWarned ? await lawWarnings(ctx.db, ctx.now()) : null,
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/auth/sessions',
    access: 'signed_in',
    summary: 'Open sessions: one’s own, for administrators everybody’s',
    tag: 'auth',
    query: pageQuery,
    response: paged(sessionSchema),
    handle: async ({ ctx, actor, query }) => {
      const { session_idle_minutes: idle_minutes } = ctx.config;
      const { items, total } = await listSessions(ctx.db, { actor, idle_minutes, ...query, now: ctx.now() });
      return toPage(items, total, query);
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/auth/sessions/:id',
    access: 'signed_in',
    summary: 'Revoke a session',
    tag: 'auth',
    params: z.object({ id: z.string() }),
    status: 204,
    handle: async ({ ctx, actor, params }) => {
      await revokeSession(ctx.db, { id: params.id, actor, now: ctx.now() });
    },
  }),
];

/** A person in a browser who cannot be let in is told so by the sign-in page, a program by a problem document. */
async function endSignIn({ ctx, request, reply }: Call<unknown, unknown, unknown>) {
  const { public_url } = ctx.config;
  const stateCookie = stateCookieName(public_url);
  const sessionCookie = sessionCookieName(public_url);
  const options = cookieOptions(public_url);
  reply.clearCookie(stateCookie, options);
  try {
    const session = await finishSignIn(ctx, {
      query: new URL(request.url, public_url).searchParams,
      browser_state: request.cookies[stateCookie],
      previous_token: request.cookies[sessionCookie],
      user_agent: request.headers['user-agent'],
      now: ctx.now(),
    });
    return reply
      .setCookie(sessionCookie, session.token, { ...options, expires: session.expires_at })
      .redirect(session.return_to);
  } catch (error) {
    const isPerson = (request.headers.accept ?? '').includes('text/html');
    if (!isPerson || !(error instanceof AppError)) throw error;
    return reply.redirect(`/sign-in?problem=${error.code}`);
  }
}

function clearSession(reply: FastifyReply, public_url: string): void {
  reply.clearCookie(sessionCookieName(public_url), cookieOptions(public_url));
}
