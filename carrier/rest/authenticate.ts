import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Network } from '../network.ts';
import { RestError } from './rest-error.ts';

/** Refuses who does not come with the account and its token, as Twilio does. */
export function authenticate(network: Network, request: FastifyRequest): void {
  const expected = Buffer.from(`Basic ${btoa(`${network.account_sid}:${network.auth_token}`)}`);
  const given = Buffer.from(request.headers.authorization ?? '');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new RestError(401, 20003, 'Authenticate');
  }
  const { accountSid } = request.params as { accountSid: string };
  if (accountSid !== network.account_sid) {
    const path = request.url.split('?', 1)[0];
    throw new RestError(404, 20404, `The requested resource ${path} was not found`);
  }
}
