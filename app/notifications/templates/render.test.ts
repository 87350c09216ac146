import { describe, expect, it } from 'vitest';
import { renderTemplate, templateFaults, type Variables } from './render.ts';

const VALUES: Variables = {
  campaign_name: 'Bread & <b>Butter</b>',
  organization_name: 'Acme\r\nBcc: everyone@example.com',
  language: 'en',
  date: '25 November 2026',
  completed_at: '',
  unsubscribe_url: 'https://example.com/unsubscribe/x',
};
const fill = (text: string) => renderTemplate({ subject: text, body_html: text, body_text: text }, VALUES);

describe('a template', () => {
  it('is escaped in HTML and left alone in plain text', () => {
    const { html, text } = fill('<p>{{ campaign_name }}</p>');
    expect(html).toBe('<p>Bread &amp; &lt;b&gt;Butter&lt;/b&gt;</p>');
    expect(text).toBe('<p>Bread & <b>Butter</b></p>');
  });

  it('never lets a header grow a second line', () => {
    expect(fill('From {{ organization_name }}').subject).toBe('From Acme Bcc: everyone@example.com');
  });

  it.each([
    ['names somebody', '{{ phone_number }}'],
    ['calls an unknown filter', '{{ date | shout }}'],
    ['is not closed', '{% if date %}'],
    ['reads a file', '{% include "package.json" %}'],
    ['reads a file by render', '{% render "package.json" %}'],
    ['reads a file by layout', '{% layout "package.json" %}'],
    ['counts for ever', '{% for i in (1..999999999) %}{{ i }}{% endfor %}'],
    ['reaches for what objects inherit', '{{ date.constructor }}'],
  ])('that %s has a fault, in one line', (_why, text) => {
    const faults = templateFaults(text);
    expect(faults).toHaveLength(1);
    expect(faults[0]).not.toContain('\n');
    expect(faults[0]).not.toContain('node_modules');
  });

  it('of the closed list of variables has none', () => {
    const all = Object.keys(VALUES).map((name) => `{{ ${name} }}`);
    expect(templateFaults(all.join(' '))).toEqual([]);
  });
});
