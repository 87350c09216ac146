import type { MailResult } from './mailer.ts';

type SmtpError = Error & { responseCode?: number; code?: string };

// The server's answers about this very letter: its sender, its receiver, its contents.
const ABOUT_THE_LETTER = new Set(['EENVELOPE', 'EMESSAGE']);

/**
 * What a failed delivery means (RFC 5321 §4.2.1): 5yz about the letter is final, any other answer may be tried again. A
 * 5yz about us (a wrong password, no TLS) is for an administrator to mend, so it is tried again too. Without an answer
 * it depends on whether a byte of the letter had left: if so nobody can know its fate.
 */
export function classifyFailure(
  { responseCode, code, message }: SmtpError,
  { wasHandedOver }: { wasHandedOver: boolean },
): Exclude<MailResult, { kind: 'sent' }> {
  if (responseCode) {
    const isFinal = responseCode >= 500 && ABOUT_THE_LETTER.has(code ?? '');
    return { kind: isFinal ? 'permanent' : 'temporary', message: `the server answered ${responseCode}` };
  }
  // Our own words are safe to keep; a library's may quote the address.
  const reason = code ? `the connection failed (${code})` : message;
  return { kind: wasHandedOver ? 'unknown' : 'temporary', message: reason };
}
