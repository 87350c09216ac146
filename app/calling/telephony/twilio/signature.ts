import { validateRequest, validateRequestWithBody } from 'twilio/lib/webhooks/webhooks.js';
import type { RawRequest } from '../provider.ts';
import { fieldOf, formOf } from './form.ts';

/** True when the account's token signed this request: over the form's fields, or over the body's hash in the URL. */
export function isSignedRequest(auth_token: string, request: RawRequest): boolean {
  const signature = headerOf(request, 'x-twilio-signature');
  if (signature === null || auth_token === '') return false;
  if (new URL(request.url).searchParams.has('bodySHA256')) {
    return validateRequestWithBody(auth_token, signature, request.url, request.body.toString('utf8'));
  }
  return validateRequest(auth_token, signature, request.url, formOf(request.body));
}

/** True when the account's token signed this handshake: over the address exactly as the document gave it. */
export function isSignedHandshake(auth_token: string, request: RawRequest): boolean {
  const signature = headerOf(request, 'x-twilio-signature');
  return signature !== null && auth_token !== '' && validateRequest(auth_token, signature, request.url, {});
}

/** The first value of a header, null where there is none. */
export function headerOf(request: RawRequest, name: string): string | null {
  const value = request.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/** True unless the request says that it is about another account than ours. */
export function isOfAccount(account_sid: string, request: RawRequest): boolean {
  const given = fieldOf(formOf(request.body), 'AccountSid');
  return given === null || given === account_sid;
}
