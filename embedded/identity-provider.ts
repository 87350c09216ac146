import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import type { ApplicationClient } from './identity-provider/clients.ts';
import { configuration } from './identity-provider/configuration.ts';
import { handleInteraction } from './identity-provider/interaction.ts';
import { forgetSessions, signOutAtOnce } from './identity-provider/plain-redirects.ts';
import { providerKeys } from './identity-provider/provider-keys.ts';
import { closeServer, listen } from './listen.ts';

export type IdentityProviderOptions = ApplicationClient & {
  /** 0: a free one. The port is part of the issuer's name. */
  port: number;
  /** Where the keys are kept, so that tokens outlive a restart. */
  dataDir: string;
};

export type RunningIdentityProvider = { issuer: string; stop(): Promise<void> };

/** An OpenID provider on the loopback interface, with one account for each role and no passwords. */
export async function startIdentityProvider(
  options: IdentityProviderOptions,
): Promise<RunningIdentityProvider> {
  const keys = await providerKeys(options.dataDir);
  const server = createServer();
  // Not `localhost`: cookies know no ports, and the application's are kept under that name.
  const issuer = `http://127.0.0.1:${await listen(server, options.port)}`;
  const provider = new Provider(issuer, configuration(options, keys));
  forgetSessions(provider);
  signOutAtOnce(provider);
  const protocol = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) {
      protocol(request, response);
      return;
    }
    handleInteraction(provider, request, response).catch((error: unknown) => {
      console.error('The identity provider failed:', error);
      response.destroy();
    });
  });
  return { issuer, stop: () => closeServer(server) };
}
