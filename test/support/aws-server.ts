import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What one operation answers; a status of its own makes it an error of the service. */
export type AwsAnswer = { status?: number; body: unknown };
export type AwsRequest = {
  operation: string;
  body: Record<string, unknown>;
  headers: IncomingMessage['headers'];
};

/**
 * The wire of AWS services that speak JSON (Secrets Manager, KMS: `x-amz-target`; SES: a path): enough of it for the real
 * SDK. Operations are named `GetSecretValue` or `POST /v2/email/outbound-emails`; null answers never. Unsigned requests
 * are refused.
 */
export async function startAws(respond: (request: AwsRequest) => AwsAnswer | null) {
  const requests: AwsRequest[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const target = request.headers['x-amz-target'];
    const operation = target ? String(target).split('.').at(-1)! : `${request.method} ${request.url}`;
    const seen = { operation, body: text === '' ? {} : JSON.parse(text), headers: request.headers };
    requests.push(seen);
    const answer = isSigned(request) ? respond(seen) : UNSIGNED;
    if (answer === null) return;
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type TestAws = Awaited<ReturnType<typeof startAws>>;

const UNSIGNED = { status: 400, body: { __type: 'MissingAuthenticationToken', message: 'not signed' } };

function isSigned({ headers }: IncomingMessage): boolean {
  return /^AWS4-HMAC-SHA256 Credential=\S+, SignedHeaders=\S+, Signature=[0-9a-f]{64}$/.test(
    headers.authorization ?? '',
  );
}
