import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ZodType } from 'zod';
import type { Actor, Role } from '../../auth/user.ts';
import type { Context } from '../../context.ts';
import type { Limit } from './rate-limits.ts';

export { ADMINS, MANAGERS, READERS } from '../../auth/user.ts';

/** `provider`: verified by signature inside the handler. `signed_in`: an account is enough, even without a role. */
export type Access = 'public' | 'provider' | 'signed_in' | readonly Role[];

export type Call<P, Q, B> = {
  ctx: Context;
  /** Who asks; on public and provider routes nobody does, and reading it throws. */
  actor: Actor;
  params: P;
  query: Q;
  body: B;
  language: 'en' | 'it';
  request: FastifyRequest;
  reply: FastifyReply;
};

type Definition<P, Q, B, R> = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Fastify's notation: `/api/campaigns/:id`. */
  path: string;
  access: Access;
  summary: string;
  tag: string;
  params?: ZodType<P>;
  query?: ZodType<Q>;
  body?: ZodType<B>;
  response?: ZodType<R>;
  status?: 200 | 201 | 202 | 204;
  /** Counted apart from the session's other requests. */
  limit?: Limit;
  /** Served, but no part of the API's description. */
  hidden?: boolean;
  /** The body as it came: a Buffer (signed webhooks) or the untouched stream (uploads). */
  raw?: 'buffer' | 'stream';
  /** Looks up what the address names and throws `resource.not_found`: for a route with a body, before that is read. */
  subject?(ctx: Context, params: P): Promise<unknown>;
  handle(call: Call<P, Q, B>): Promise<R | FastifyReply>;
};

// biome-ignore lint/suspicious/noExplicitAny: the table holds routes of every shape; `route` has checked each.
export type RouteDefinition = Definition<any, any, any, any>;

/** Declares a route: who may call it, what comes in and what goes out. One without `access` does not compile. */
export function route<P = Record<string, never>, Q = Record<string, never>, B = undefined, R = unknown>(
  definition: Definition<P, Q, B, R>,
): RouteDefinition {
  return definition;
}
