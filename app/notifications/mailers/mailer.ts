export type Mail = {
  to: string;
  subject: string;
  html: string;
  text: string;
  /** Made from the notification's id, so that a repeat of the same mail carries the same one. */
  message_id: string;
  /** Goes out as one-click List-Unsubscribe (RFC 8058). */
  unsubscribe_url: string;
};

/** `unknown`: the server had the message and its answer was lost; it is never sent again by itself. */
export type MailResult =
  | { kind: 'sent'; provider_message_id: string }
  | { kind: 'temporary' | 'permanent' | 'unknown'; message: string };

/** Hands a mail to a mail server. Refusals are values, not exceptions. */
export type Mailer = {
  send(mail: Mail): Promise<MailResult>;
  /** Throws when the mail server cannot be reached or refuses us. */
  verify(): Promise<void>;
  close(): Promise<void>;
};

/** What lets a mail program offer one click (RFC 2369, RFC 8058). */
export function unsubscribeHeaders(unsubscribe_url: string): Record<string, string> {
  return {
    'List-Unsubscribe': `<${unsubscribe_url}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'Auto-Submitted': 'auto-generated',
  };
}
