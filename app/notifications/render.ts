import { Liquid } from 'liquidjs';

/** Everything a template may speak of; nothing else of a contact or an answer reaches a mail. */
export const VARIABLES = ['campaign_name', 'organization_name', 'date'] as const;
export type Variables = Record<(typeof VARIABLES)[number], string>;

const strict = { strictVariables: true, strictFilters: true, ownPropertyOnly: true, jsTruthy: true };
const html = new Liquid({ ...strict, outputEscape: 'escape' });
const plain = new Liquid(strict);

const EXAMPLE: Variables = { campaign_name: 'Example', organization_name: 'Example', date: '2026-01-31' };

/** What is wrong with a template's text, one sentence each; empty when it renders. */
export function templateFaults(text: string): string[] {
  try {
    plain.parseAndRenderSync(text, EXAMPLE);
    return [];
  } catch (error) {
    return [error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'cannot be read'];
  }
}

/** Fills a template: HTML is escaped, and a header can never grow a second line. */
export function renderTemplate(
  template: { subject: string; body_html: string; body_text: string },
  variables: Variables,
): { subject: string; html: string; text: string } {
  return {
    subject: plain.parseAndRenderSync(template.subject, variables).replace(/[\r\n]+/g, ' '),
    html: html.parseAndRenderSync(template.body_html, variables),
    text: plain.parseAndRenderSync(template.body_text, variables),
  };
}
