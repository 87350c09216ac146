import { escapeHtml } from '../escape-html.ts';
import type { Message } from './message.ts';

const SHOWN = 200;

/** The list of mails, newest first. */
export function inboxPage(messages: readonly Message[]): string {
  const newest = messages.slice(-SHOWN).reverse();
  const rows = newest.map(
    ({
      id,
      at,
      to,
      subject,
    }) => `<li><a class="row" href="/messages/${id}/page">${escapeHtml(subject || '(no subject)')}
<small>to ${escapeHtml(to.join(', '))} · <time datetime="${at}">${at.slice(0, 19).replace('T', ' ')} UTC</time></small></a></li>`,
  );
  const shown = messages.length > SHOWN ? `, the newest ${SHOWN} shown` : '';
  return `<h1>Mailbox</h1>
<p class="note">${messages.length} delivered${shown}. Mail ends here: nothing leaves this machine. <a href="/">Refresh</a></p>
${rows.length ? `<ul>\n${rows.join('\n')}\n</ul>` : '<p>No mail yet.</p>'}`;
}

/** One mail: its headers, then its HTML in a frame without rights, then its text. */
export function messagePage({ id, at, from, to, subject, html, text }: Message): string {
  const facts = { From: from, To: to.join(', '), Accepted: at };
  const terms = Object.entries(facts).map(([term, value]) => `<dt>${term}</dt><dd>${escapeHtml(value)}</dd>`);
  return `<p><a href="/">Mailbox</a></p>
<h1>${escapeHtml(subject || '(no subject)')}</h1>
<dl>
${terms.join('\n')}
</dl>
${html === null ? '' : `<h2>HTML</h2>\n<iframe sandbox title="The message as HTML" src="/messages/${id}/html"></iframe>`}
${text === null ? '' : `<h2>Text</h2>\n<pre>${escapeHtml(text)}</pre>`}`;
}
