import { PassThrough } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Role } from '../../auth/user.ts';
import { findCampaign } from '../../campaigns/find-campaign.ts';
import type { Context } from '../../context.ts';
import { CampaignFeeds } from '../../reporting/campaign-feed.ts';
import { findCaller } from './caller.ts';
import { READERS, route } from './route.ts';

const COMMENT_MS = 15_000;
// Where a reader does not take what it is sent, the line is cut; it asks again and gets the figures as they are then.
const MOST_UNREAD_BYTES = 1024 * 1024;

const feeds = new WeakMap<Context, CampaignFeeds>();

export const campaignStreamRoutes = [
  route({
    method: 'GET',
    path: '/api/campaigns/:id/stream',
    access: READERS,
    summary: 'Server-sent events: `stats` (the figures) and `call` (where a call stands)',
    tag: 'results',
    params: z.object({ id: z.string() }),
    handle: async ({ ctx, params, actor, request, reply }) => {
      await findCampaign(ctx.db, params.id);
      return stream(ctx, { campaign_id: params.id, role: actor.role }, request, reply);
    },
  }),
];

/** A server that closes does not wait for readers: their streams end, and they ask the next one. */
export function endStreamsOnClose(app: FastifyInstance, ctx: Context): void {
  app.addHook('preClose', async () => feedsOf(ctx).close());
}

function feedsOf(ctx: Context): CampaignFeeds {
  const known = feeds.get(ctx) ?? new CampaignFeeds(ctx);
  feeds.set(ctx, known);
  return known;
}

function stream(
  ctx: Context,
  what: { campaign_id: string; role: Role },
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  reply
    .type('text/event-stream; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('x-accel-buffering', 'no')
    // Nothing follows a stream on its connection, so a server that closes has not to wait for it to be given up.
    .header('connection', 'close');
  // Who asks for the head alone reads nothing.
  if (request.method === 'HEAD') return reply.send('');
  const body = new PassThrough();
  const send = (text: string) => {
    if (body.writableEnded || body.destroyed) return;
    if (body.readableLength + body.writableLength > MOST_UNREAD_BYTES) body.destroy();
    else body.write(text);
  };
  const close = feedsOf(ctx).open(what, {
    stats: (json) => send(`event: stats\ndata: ${json}\n\n`),
    call: (json) => send(`event: call\ndata: ${json}\n\n`),
    end: () => body.end(),
  });
  // Whoever lost the session or the role meanwhile reads no further.
  const timer = setInterval(async () => {
    send(': still here\n\n');
    if (!(await mayStillRead(ctx, request, what.role))) body.end();
  }, COMMENT_MS);
  body.once('close', () => {
    clearInterval(timer);
    close();
  });
  // The head goes out at once, though the first figures take a moment.
  send('retry: 3000\n\n');
  return reply.send(body);
}

async function mayStillRead(ctx: Context, request: FastifyRequest, role: Role): Promise<boolean> {
  try {
    return (await findCaller(ctx, request))?.account.role === role;
  } catch {
    return false; // disabled, expired, or nobody can say
  }
}
