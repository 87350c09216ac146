import { convert } from 'html-to-text';
import { Liquid } from 'liquidjs';

/** Everything a template may speak of; nothing else of a contact or an answer reaches a mail. */
export const VARIABLES = [
  'campaign_name',
  'organization_name',
  'language',
  'date',
  'completed_at',
  'unsubscribe_url',
] as const;
export type Letter = { subject: string; html: string; text: string };
export type Variables = Record<(typeof VARIABLES)[number], string>;

const strict = {
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  jsTruthy: true,
  // No partials: by default they are files of this machine.
  templates: {},
  // A loop that never ends must not end the process.
  parseLimit: 200_000,
  renderLimit: 500,
  memoryLimit: 5_000_000,
};
const html = new Liquid({ ...strict, outputEscape: 'escape' });
const plain = new Liquid(strict);

const EXAMPLE: Variables = {
  campaign_name: 'Example',
  organization_name: 'Example',
  language: 'en',
  date: '31 January 2026',
  completed_at: '2026-01-31 10:00 UTC',
  unsubscribe_url: 'https://example.com/unsubscribe/example',
};

/** What is wrong with a template's text, one sentence each; empty when it renders. */
export function templateFaults(text: string): string[] {
  try {
    plain.parseAndRenderSync(text, EXAMPLE);
    return [];
  } catch (error) {
    return [error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'cannot be read'];
  }
}

/** Fills a template: HTML is escaped, and a header can never grow a second line. Throws where it names what it may not. */
export function renderTemplate(
  template: { subject: string; body_html: string; body_text: string },
  variables: Variables,
): Letter {
  return {
    subject: plain.parseAndRenderSync(template.subject, variables).replace(/[\r\n]+/g, ' '),
    html: html.parseAndRenderSync(template.body_html, variables),
    text: plain.parseAndRenderSync(template.body_text, variables),
  };
}

/** The plain text of an HTML body, for readers that show no HTML; a link keeps its address. */
export function textOf(html: string): string {
  const selectors = [
    { selector: 'img', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  ];
  return `${convert(html, { wordwrap: 78, selectors }).trim()}\n`;
}
