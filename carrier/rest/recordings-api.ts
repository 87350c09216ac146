import type { FastifyInstance } from 'fastify';
import type { Network } from '../network.ts';
import { authenticate } from './authenticate.ts';
import { RestError } from './rest-error.ts';

type OfCall = { Params: { accountSid: string; callSid: string } };
type One = { Params: { accountSid: string; recordingSid: string } };

/** Twilio's Recordings resource, as far as deleting needs it: a call's list, and one to delete. */
export function recordingsApi(network: Network) {
  return async (server: FastifyInstance): Promise<void> => {
    server.addHook('onRequest', async (request) => authenticate(network, request));
    server.get<OfCall>('/Calls/:callSid/Recordings.json', async ({ params }) => {
      const { accountSid, callSid } = params;
      if (!network.book.get(callSid)) throw new RestError(404, 20404, `The call ${callSid} was not found`);
      const recordings = network.book.recordingsOf(callSid).map((sid) => ({
        sid,
        account_sid: accountSid,
        call_sid: callSid,
        status: 'completed',
        api_version: '2010-04-01',
        channels: 1,
        source: 'OutboundAPI',
        uri: `/2010-04-01/Accounts/${accountSid}/Recordings/${sid}.json`,
      }));
      const uri = `/2010-04-01/Accounts/${accountSid}/Calls/${callSid}/Recordings.json`;
      return { recordings, page: 0, page_size: 1_000, uri, first_page_uri: uri, next_page_uri: null };
    });
    server.delete<One>('/Recordings/:recordingSid.json', async ({ params }, reply) => {
      if (!network.book.deleteRecording(params.recordingSid)) {
        throw new RestError(404, 20404, `The recording ${params.recordingSid} was not found`);
      }
      return reply.code(204).send();
    });
  };
}
