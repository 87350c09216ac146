import type { MailResult } from './mailer.ts';

type SmtpError = Error & { responseCode?: number; code?: string };

// The server's answers about us, not about a letter: a wrong password, no encryption.
const ABOUT_US = new Set(['EAUTH', 'ENOAUTH', 'ETLS', 'EREQUIRETLS']);

/**
 * What a failed delivery means (RFC 5321 §4.2.1): 5yz is final, any other answer may be tried again. A 5yz about us (a
 * wrong password, no TLS) is for an administrator to mend, so it is tried again too, as often as every other. Without an
 * answer it depends on whether the whole letter had left: if so nobody can know its fate.
 */
export function classifyFailure(
  { responseCode, code, message }: SmtpError,
  { wasHandedOver }: { wasHandedOver: boolean },
): Exclude<MailResult, { kind: 'sent' }> {
  if (responseCode) {
    const isFinal = responseCode >= 500 && !ABOUT_US.has(code ?? '');
    return { kind: isFinal ? 'permanent' : 'temporary', message: `the server answered ${responseCode}` };
  }
  // Our own words are safe to keep; a library's may quote the address.
  const reason = code ? `the connection failed (${code})` : message;
  return { kind: wasHandedOver ? 'unknown' : 'temporary', message: reason };
}
