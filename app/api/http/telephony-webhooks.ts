import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { answerCall } from '../../calling/conversation/answer-call.ts';
import { takeCallEvents } from '../../calling/record-call-events.ts';
import type { AnswerDocument, CallEvent, TelephonyProvider } from '../../calling/telephony/provider.ts';
import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { type Call, route } from './route.ts';
import { refuseSignature, signingProvider } from './signing-provider.ts';

type Signed = { provider: TelephonyProvider; events: CallEvent[] };
type Webhook = Pick<Call<unknown, unknown, Buffer>, 'ctx' | 'request' | 'body'>;

const byName = z.object({ provider_name: z.string().max(50) });

/** What the provider calls: facts, the document for an answered call, and what follows the conversation. */
export const telephonyWebhookRoutes = [
  route({
    method: 'POST',
    path: '/webhooks/telephony/events',
    access: 'provider',
    tag: 'telephony',
    summary: 'Facts of calls in the provider’s own format',
    status: 204,
    raw: 'buffer',
    handle: async (call: Webhook) => storeFacts(call, await verify(call)),
  }),
  route({
    method: 'POST',
    path: '/webhooks/telephony/:provider_name/events',
    access: 'provider',
    tag: 'telephony',
    summary: 'Facts of calls, of the provider that is named',
    params: byName,
    status: 204,
    raw: 'buffer',
    handle: async (call: Webhook & { params: z.infer<typeof byName> }) =>
      storeFacts(call, await verify(call, call.params.provider_name)),
  }),
  route({
    method: 'POST',
    path: '/webhooks/telephony/answer',
    access: 'provider',
    tag: 'telephony',
    summary: 'The document for a call that was answered',
    raw: 'buffer',
    handle: (call: Webhook & Pick<Call<unknown, unknown, unknown>, 'reply'>) => sendDocument(call, true),
  }),
  route({
    method: 'POST',
    path: '/webhooks/telephony/ended',
    access: 'provider',
    tag: 'telephony',
    summary: 'What follows the conversation: the end, or another socket when it was lost',
    raw: 'buffer',
    handle: (call: Webhook & Pick<Call<unknown, unknown, unknown>, 'reply'>) => sendDocument(call, false),
  }),
];

/** The signature over the bytes comes before anything is read from them. */
async function verify({ ctx, request, body }: Webhook, provider_name?: string): Promise<Signed> {
  const provider = await signingProvider(ctx, request, provider_name);
  const raw = rawRequest(ctx, request, body);
  if (!provider.verifyWebhook(raw)) {
    throw await refuseSignature(request, 'The signature of this request is not the provider’s.');
  }
  return { provider, events: provider.parseWebhook(raw, ctx.now()) };
}

async function storeFacts({ ctx }: Webhook, { provider, events }: Signed): Promise<void> {
  try {
    await takeCallEvents(ctx, { provider_name: provider.name, events });
  } catch (cause) {
    // The provider sends it again; and if not, the reconciler asks.
    throw new AppError('server.unavailable', 'The fact could not be stored.', { cause });
  }
}

async function sendDocument(
  call: Webhook & Pick<Call<unknown, unknown, unknown>, 'reply'>,
  isAnswer: boolean,
) {
  const { ctx, request, reply } = call;
  const signed = await verify(call);
  const provider_call_id = signed.events[0]?.provider_call_id ?? null;
  // That it was answered is a fact of its own, in case its callback never comes.
  if (isAnswer) await storeFacts(call, signed);
  const { call_id } = request.query as { call_id?: string };
  const document: AnswerDocument = await answerCall(ctx, signed.provider, {
    call_id: call_id ?? null,
    provider_call_id,
  });
  return reply.code(200).header('content-type', document.content_type).send(document.body);
}

/** The address is the configured one, never the Host header: it is what the provider was given and signed. */
function rawRequest({ config }: Context, request: FastifyRequest, body: unknown) {
  return {
    url: `${config.public_url}${request.raw.url}`,
    headers: request.headers,
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  };
}
