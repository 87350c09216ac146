import type { Language } from '../../infra/db/tables.ts';
import { type Letter, renderTemplate, textOf, type Variables } from './render.ts';

type Facts = {
  campaign_name: string;
  organization_name: string;
  language: Language;
  happened_at: Date;
  completed_at: Date | null;
  unsubscribe_url: string;
};

const FAREWELL = {
  en: { link: 'Unsubscribe from these e-mails', text: 'No further e-mails' },
  it: { link: 'Non ricevere più queste e-mail', text: 'Per non ricevere altre e-mail' },
} as const satisfies Record<Language, { link: string; text: string }>;

/**
 * The whole letter: the template filled, a plain text made from the HTML where the template has none, and the way to
 * unsubscribe where the template does not show it itself. Throws where the template names what it may not.
 */
export function writeLetter(
  template: { subject: string; body_html: string; body_text: string },
  facts: Facts,
): Letter {
  const { unsubscribe_url, language } = facts;
  const filled = renderTemplate(template, variablesOf(facts));
  const { link, text } = FAREWELL[language];
  const html = filled.html.includes(unsubscribe_url)
    ? filled.html
    : withFooter(filled.html, `<p><small><a href="${unsubscribe_url}">${link}</a></small></p>`);
  const plain = template.body_text.trim() === '' ? textOf(html) : filled.text;
  return {
    subject: filled.subject,
    html,
    text: plain.includes(unsubscribe_url) ? plain : `${plain.trimEnd()}\n\n${text}: ${unsubscribe_url}\n`,
  };
}

function withFooter(html: string, footer: string): string {
  const end = html.search(/<\/body\s*>/i);
  return end === -1 ? `${html}${footer}` : `${html.slice(0, end)}${footer}${html.slice(end)}`;
}

function variablesOf({ language, happened_at, completed_at, ...facts }: Facts): Variables {
  const long = (moment: Date, timeStyle?: 'short') =>
    new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle, timeZone: 'UTC' }).format(moment);
  return {
    campaign_name: facts.campaign_name,
    organization_name: facts.organization_name,
    language,
    date: long(happened_at),
    completed_at: completed_at ? `${long(completed_at, 'short')} UTC` : '',
    unsubscribe_url: facts.unsubscribe_url,
  };
}
