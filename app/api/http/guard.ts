import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Account, Role } from '../../auth/user.ts';
import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { isId } from '../../infra/db/id.ts';
import { findCaller } from './caller.ts';
import { languageOf, phrase } from './phrases.ts';
import type { RouteDefinition } from './route.ts';

declare module 'fastify' {
  interface FastifyRequest {
    account: Account | null;
  }
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Who may pass: 401 and 403 come before the body is read or an id looked up, then 404 for what is no id. */
export function guardFor(definition: RouteDefinition, ctx: Context) {
  return async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    const { access } = definition;
    if (access === 'public' || access === 'provider') return;
    const language = languageOf(request.headers['accept-language']);
    const caller = await findCaller(ctx, request);
    if (!caller) throw new AppError('auth.required', phrase('sign_in', language));
    if (caller.by === 'cookie' && !SAFE.has(request.method)) refuseCrossSite(request, ctx, language);
    request.account = caller.account;
    if (access !== 'signed_in') requireRole(caller.account, access, language);
    refuseNonIds(request.params as Record<string, string>, language);
    await definition.subject?.(ctx, request.params);
  };
}

function requireRole(account: Account, allowed: readonly Role[], language: 'en' | 'it'): void {
  if (account.role === null) throw new AppError('auth.no_role', phrase('no_role', language));
  if (!allowed.includes(account.role)) throw new AppError('auth.forbidden', phrase('forbidden', language));
}

/** A browser tells where a request comes from; one that does not say so at all is no browser of ours. */
function refuseCrossSite(request: FastifyRequest, ctx: Context, language: 'en' | 'it'): void {
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  const isOwn =
    origin !== undefined ? origin === new URL(ctx.config.public_url).origin : site === 'same-origin';
  if (!isOwn) throw new AppError('auth.cross_site', phrase('cross_site', language));
}

/** An id that is no UUID names nothing: 404, not a database error. */
function refuseNonIds(params: Record<string, string>, language: 'en' | 'it'): void {
  for (const [name, value] of Object.entries(params ?? {})) {
    const isIdParam = name === 'id' || name.endsWith('_id');
    if (isIdParam && !isId(value)) throw new AppError('resource.not_found', phrase('not_found', language));
  }
}
