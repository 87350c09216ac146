import type { AddressInfo } from 'node:net';
import formbody from '@fastify/formbody';
import Fastify, { type FastifyInstance } from 'fastify';
import { hasEnded } from './call.ts';
import { CallBook } from './call-book.ts';
import { DEFAULT_MIX, type Mix } from './cast/cast.ts';
import { controlApi } from './control/control-api.ts';
import { endInterruptedCalls, reportInterruptedCalls } from './end-interrupted-calls.ts';
import { Faults } from './faults.ts';
import { openJournal } from './journal.ts';
import { HangUp } from './line/live-call.ts';
import type { Network } from './network.ts';
import { createPace } from './pace.ts';
import { callsApi } from './rest/calls-api.ts';
import { recordingsApi } from './rest/recordings-api.ts';
import { RestError } from './rest/rest-error.ts';

export interface CarrierOptions {
  /** 0 or absent: any free port. */
  port?: number;
  /** `AC` and 32 hexadecimal digits; user name of the REST API. */
  accountSid: string;
  /** Password of the REST API and key of every signature. */
  authToken: string;
  /** Folder of the journal; created if missing. */
  dataDir: string;
  /** How many times faster than life the network runs; default 1. */
  speed?: number;
  /** Decides who lives at a number, what they say and which faults strike; default 1. */
  seed?: number;
  /** Weights of the characters behind numbers not ending in 01 to 11; those left out weigh nothing. */
  mix?: Partial<Mix>;
}

/** Starts the telephone network on 127.0.0.1 with everything its journal remembers. */
export async function startCarrier(
  options: CarrierOptions,
): Promise<{ url: string; port: number; stop(): Promise<void> }> {
  const { journal, facts } = openJournal(options.dataDir);
  const closing = new AbortController();
  const seed = options.seed ?? 1;
  const network: Network = {
    account_sid: options.accountSid,
    auth_token: options.authToken,
    seed,
    mix: options.mix === undefined ? DEFAULT_MIX : { ...NOBODY, ...options.mix },
    pace: createPace(options.speed ?? 1),
    faults: new Faults(seed),
    book: new CallBook(),
    journal,
    lines: new Map(),
    closing: closing.signal,
  };
  for (const fact of facts) network.book.apply(fact);
  const interrupted = network.book.newestFirst().filter((call) => !hasEnded(call.status));
  const server = buildServer(network);
  try {
    await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  } catch (error) {
    journal.close();
    throw error;
  }
  // Not before the port is ours: a second start by mistake must not write into the journal of a living network.
  endInterruptedCalls(network, interrupted);
  void reportInterruptedCalls(network, facts, interrupted);
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      closing.abort();
      for (const line of network.lines.values()) line.abort(new HangUp('network'));
      await server.close();
      journal.close();
    },
  };
}

const NOBODY = Object.fromEntries(Object.keys(DEFAULT_MIX).map((name) => [name, 0])) as Mix;

function buildServer(network: Network): FastifyInstance {
  const server = Fastify({ forceCloseConnections: true, bodyLimit: 256 * 1024 });
  server.register(formbody);
  server.setErrorHandler((error, _request, reply) => {
    const answer = error instanceof RestError ? error : asRestError(error);
    return reply.code(answer.status).send(answer.body);
  });
  server.setNotFoundHandler((request, reply) => {
    const message = `The requested resource ${request.url.split('?', 1)[0]} was not found`;
    return reply.code(404).send(new RestError(404, 20404, message).body);
  });
  server.register(callsApi(network), { prefix: '/2010-04-01/Accounts/:accountSid' });
  server.register(recordingsApi(network), { prefix: '/2010-04-01/Accounts/:accountSid' });
  server.register(controlApi(network));
  return server;
}

/** Faults the HTTP library finds, such as an unreadable body, keep their status. */
function asRestError(error: unknown): RestError {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status < 500
    ? new RestError(status, 20001, 'Bad Request')
    : new RestError(500, 20500, 'Internal Server Error');
}
