import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { errors } from 'oidc-provider';
import { sendPage } from '../html-page.ts';
import { accountPage } from './account-page.ts';
import { type Person, personByEmail } from './accounts.ts';

const MAX_FORM_BYTES = 4096;

/** Answers the interaction URL: signs in whom `login_hint` names, else asks, and takes the answer. */
export async function handleInteraction(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { params } = await provider.interactionDetails(request, response);
    const hint = typeof params.login_hint === 'string' ? params.login_hint : '';
    const email = request.method === 'POST' ? await chosenEmail(request) : hint;
    const person = personByEmail(email);
    if (person) await signIn(provider, request, response, person);
    else sendPage(response, 200, 'Who signs in?', accountPage());
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) throw error;
    const advice = '<h1>This sign-in is too old</h1>\n<p>Go back to the application and start again.</p>';
    sendPage(response, 400, 'This sign-in is too old', advice);
  }
}

async function signIn(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  person: Person,
): Promise<void> {
  const result = { login: { accountId: person.sub, remember: true } };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

async function chosenEmail(request: IncomingMessage): Promise<string> {
  let form = '';
  for await (const chunk of request) {
    form += String(chunk);
    if (form.length > MAX_FORM_BYTES) return '';
  }
  return new URLSearchParams(form).get('email') ?? '';
}
