import type { FastifyRequest } from 'fastify';
import { findBearer } from '../../auth/find-bearer.ts';
import { findSession } from '../../auth/find-session.ts';
import type { Account } from '../../auth/user.ts';
import type { Context } from '../../context.ts';

export type Caller = { by: 'cookie' | 'bearer'; account: Account };

/** `__Host-` binds the cookie to this very host; browsers accept it over https only. */
export function sessionCookieName(public_url: string): string {
  return public_url.startsWith('https://') ? '__Host-vsa_session' : 'vsa_session';
}

/** Who asks, by bearer token or session cookie; null for nobody. A disabled account throws `auth.disabled`. */
export async function findCaller(ctx: Context, request: FastifyRequest): Promise<Caller | null> {
  const { authorization } = request.headers;
  const bearer = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (bearer) {
    return { by: 'bearer', account: await findBearer(ctx, { token: bearer, now: ctx.now() }) };
  }
  const token = request.cookies[sessionCookieName(ctx.config.public_url)];
  if (!token) return null;
  const account = await findSession(ctx.db, {
    token,
    now: ctx.now(),
    idle_minutes: ctx.config.session_idle_minutes,
  });
  return account && { by: 'cookie', account };
}
