/** What is wrong with a server that was asked, in words that say what to look at. */
export function explainFailure(error: unknown, where: string): string {
  const codes = codesOf(error);
  for (const code of codes) {
    const words = SENTENCES[code];
    if (words) return `${where} ${words}`;
  }
  return `${where} cannot be asked: ${deepest(error)}`;
}

const NOT_TRUSTED =
  'has a certificate that this machine does not trust: name its authority in NODE_EXTRA_CA_CERTS';
const LATE = 'gives no answer in time: is a firewall in between, or must it be reached through HTTPS_PROXY?';

const SENTENCES: Record<string, string> = {
  ECONNREFUSED: 'cannot be reached: nothing listens there',
  ENOTFOUND: 'cannot be found: its name is not known to the name servers',
  EAI_AGAIN: 'cannot be looked up: the name servers do not answer',
  ENETUNREACH: 'cannot be reached: there is no route to it',
  EHOSTUNREACH: 'cannot be reached: there is no route to it',
  ECONNRESET: 'breaks the connection',
  ETIMEDOUT: LATE,
  TimeoutError: LATE,
  AbortError: LATE,
  ERR_TIMEOUT: LATE,
  UND_ERR_CONNECT_TIMEOUT: LATE,
  DEPTH_ZERO_SELF_SIGNED_CERT: NOT_TRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: NOT_TRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: NOT_TRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: NOT_TRUSTED,
  CERT_HAS_EXPIRED: 'has a certificate that is no longer valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate for another name',
  ERR_PROXY_TUNNEL: 'cannot be reached through the proxy: it refuses',
  EAUTH: 'refuses the user name or the password',
  '28P01': 'refuses the password',
  '28000': 'refuses the user',
  '3D000': 'has no database of that name',
  '53300': 'has no connection left: lower DATABASE_POOL or raise max_connections',
};

/** The words of what lies behind everything else. */
function deepest(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? deepest(error.cause) : error.message || error.name;
}

/** The codes of an error and of what lies behind it. */
function codesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 5) return [];
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown[] };
  const inner = [cause, ...(Array.isArray(errors) ? errors : [])];
  return [
    ...inner.flatMap((one) => codesOf(one, depth + 1)),
    ...(typeof code === 'string' ? [code] : []),
    // The mailer calls every fault of the wire ESOCKET, and leaves the system's own word in the sentence.
    ...(error.message.match(/\bE[A-Z]{3,}\b/g) ?? []),
    error.name,
  ];
}
