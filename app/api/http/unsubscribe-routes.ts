import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { unsubscribe } from '../../notifications/unsubscribe.ts';
import { readUnsubscribeToken } from '../../notifications/unsubscribe-token.ts';
import { type Call, route } from './route.ts';
import { unsubscribePage } from './unsubscribe-page.ts';

const params = z.object({ token: z.string().max(200) });
type Asked = Pick<Call<z.infer<typeof params>, unknown, unknown>, 'ctx' | 'params' | 'language' | 'reply'>;

/** What every mail's link opens. Looking at it changes nothing: mail programs and scanners open links by themselves. */
export const unsubscribeRoutes = [
  route({
    method: 'GET',
    path: '/unsubscribe/:token',
    access: 'public',
    summary: 'The page that asks whether to send no further e-mails',
    tag: 'e-mail',
    params,
    handle: async (call: Asked) => {
      const isOurs = hashIn(call) !== null;
      return page(call.reply, isOurs ? 200 : 404, unsubscribePage(isOurs ? 'ask' : 'unknown', call.language));
    },
  }),
  route({
    method: 'POST',
    path: '/unsubscribe/:token',
    access: 'public',
    summary:
      'No further e-mails to that address: the page’s button, or one click of a mail program (RFC 8058)',
    tag: 'e-mail',
    params,
    // The form that mail programs send says nothing that the address does not say, in whatever type it comes.
    raw: 'buffer',
    handle: async (call: Asked) => {
      const email_hash = hashIn(call);
      if (!email_hash) return page(call.reply, 404, unsubscribePage('unknown', call.language));
      await unsubscribe(call.ctx.db, { email_hash, now: call.ctx.now() });
      return page(call.reply, 200, unsubscribePage('done', call.language));
    },
  }),
];

function hashIn({ ctx, params: { token } }: { ctx: Context; params: z.infer<typeof params> }): Buffer | null {
  return readUnsubscribeToken(ctx.config.phone_hash_key.reveal(), token);
}

function page(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .header('x-robots-tag', 'noindex')
    .type('text/html; charset=utf-8')
    .send(html);
}
