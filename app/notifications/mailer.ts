export type Mail = {
  to: string;
  subject: string;
  html: string;
  text: string;
  /** Made from the notification's id, so that a repeat of the same mail carries the same one. */
  message_id: string;
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
