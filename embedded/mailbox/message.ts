import type { AddressObject } from 'mailparser';

/** A delivered mail as GET /messages shows it. */
export type Message = {
  id: string;
  /** When it was accepted. */
  at: string;
  /** Sender and recipients of the envelope: what the mail server was told, whatever the headers say. */
  from: string;
  to: string[];
  subject: string;
  message_id: string | null;
  text: string | null;
  html: string | null;
  /** All headers by their lower-case names; the values of a repeated one are joined by line feeds. */
  headers: Record<string, string>;
};

export type Envelope = { from: string; to: string[] };

/** Reads a mail as it came over the wire. */
export async function parseMessage(raw: Buffer, envelope: Envelope): Promise<Omit<Message, 'id' | 'at'>> {
  // Loaded with the first mail: until then it would only take memory.
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(raw, { skipTextToHtml: true, skipHtmlToText: true });
  const headers: Record<string, string> = {};
  for (const { key, line } of mail.headerLines) {
    const value = line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n(?=[ \t])/g, '')
      .trim();
    headers[key] = key in headers ? `${headers[key]}\n${value}` : value;
  }
  return {
    from: envelope.from || addressIn(mail.from),
    to: envelope.to,
    subject: mail.subject ?? '',
    message_id: mail.messageId ?? null,
    text: mail.text ?? null,
    html: mail.html || null,
    headers,
  };
}

function addressIn(field: AddressObject | undefined): string {
  return field?.value[0]?.address ?? '';
}
