import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { converse } from '../../calling/converse.ts';
import type { TelephonyProvider } from '../../calling/telephony/provider.ts';
import type { Context } from '../../context.ts';
import { refuseSignature, signingProvider } from './signing-provider.ts';

const PATH = '/webhooks/telephony/conversation';

/** The socket on which the provider lets us talk to a respondent: refused with 403 before the upgrade unless signed. */
export function conversationSocket(app: FastifyInstance, ctx: Context): void {
  const providers = new WeakMap<FastifyRequest['raw'], TelephonyProvider>();

  async function verify(request: FastifyRequest, _reply: FastifyReply): Promise<void> {
    const provider = await signingProvider(ctx, request);
    const url = `${ctx.config.public_url.replace(/^http/, 'ws')}${request.raw.url}`;
    if (!provider.verifySocket({ url, headers: request.headers, body: Buffer.alloc(0) })) {
      throw await refuseSignature(request, 'The signature of this handshake is not the provider’s.');
    }
    providers.set(request.raw, provider);
  }

  const config = { access: 'provider' as const };
  const options = { websocket: true, preValidation: verify, config, schema: { hide: true } } as const;
  app.get(PATH, options, (socket, request) => {
    const provider = providers.get(request.raw);
    if (provider) attach(ctx, provider, socket);
    else socket.close(1008, 'not signed');
  });
}

function attach(ctx: Context, provider: TelephonyProvider, socket: WebSocket): void {
  const ear = converse(ctx, provider, {
    send: (frame) => {
      if (socket.readyState === socket.OPEN) socket.send(frame);
    },
    close: (code, reason) => socket.close(code, reason),
  });
  socket.on('message', (data, isBinary) => {
    if (!isBinary) ear.receive(String(data));
  });
  socket.on('close', () => ear.closed());
  // An error is followed by the close, which is what counts.
  socket.on('error', (error) => ctx.log.warn({ err: error }, 'a conversation socket failed'));
}
