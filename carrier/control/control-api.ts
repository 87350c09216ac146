import { createReadStream } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { CAST, digitsOf, PERSONAS } from '../cast/cast.ts';
import { faultSettings } from '../faults.ts';
import type { Network } from '../network.ts';

/** What Twilio has no word for: the record, the cast and the faults of this network. */
export function controlApi(network: Network) {
  return async (server: FastifyInstance): Promise<void> => {
    server.get('/log', async (_request, reply) =>
      reply.type('application/x-ndjson; charset=utf-8').send(createReadStream(network.journal.path)),
    );
    server.get('/cast', async () => ({
      seed: network.seed,
      cast: PERSONAS.map((name) => ({
        digits: digitsOf(name),
        name,
        ...CAST[name],
        weight: network.mix[name],
      })),
    }));
    server.get('/faults', async () => network.faults.settings);
    server.put('/faults', async (request, reply) => {
      const settings = faultSettings.safeParse(request.body ?? {});
      if (!settings.success) return reply.code(422).send({ errors: settings.error.issues });
      network.faults.replace(settings.data);
      return network.faults.settings;
    });
    server.delete('/faults', async (_request, reply) => {
      network.faults.replace(faultSettings.parse({}));
      return reply.code(204).send();
    });
    server.put<{ Params: { callSid: string; recordingSid: string } }>(
      '/recordings/:callSid/:recordingSid',
      async ({ params }, reply) => {
        network.book.keepRecording(params.recordingSid, params.callSid);
        return reply.code(204).send();
      },
    );
    server.get('/', async (_request, reply) => reply.type('text/plain; charset=utf-8').send(INDEX));
  };
}

const INDEX = `A simulated telephone network.

No telephone rings. Calls created here reach respondents who exist only in this process; it speaks
Twilio's REST API, signed webhooks and ConversationRelay.

POST /2010-04-01/Accounts/{sid}/Calls.json          create a call (basic authentication)
GET  /2010-04-01/Accounts/{sid}/Calls.json          list calls
GET  /2010-04-01/Accounts/{sid}/Calls/{sid}.json    one call
POST /2010-04-01/Accounts/{sid}/Calls/{sid}.json    hang up
DELETE /2010-04-01/Accounts/{sid}/Calls/{sid}.json  delete its record; /Calls/{sid}/Recordings.json, /Recordings/{sid}.json

GET  /cast     who answers: by the last two digits of a number, or by seed and mix
GET  /log      everything that happened on the lines, one JSON object a line
GET  /faults   what goes wrong on purpose; PUT to set, DELETE to clear; carrier/README.md lists them
`;
