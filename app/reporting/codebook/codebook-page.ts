import type { Language } from '../../infra/db/tables.ts';
import { type Html, html } from '../html.ts';
import type { Codebook } from './codebook.ts';
import { CODEBOOK_TEXTS } from './codebook-texts.ts';

const HEADINGS = {
  en: {
    method: 'Method',
    period: 'Field period (UTC)',
    organization: 'On behalf of',
    languages: 'Languages',
    attempts: 'Attempts',
    at_most: 'at most',
    minutes: 'minutes apart',
    hours: 'Calling hours, local time of the person called',
    holidays: 'Public holidays',
    called: 'called',
    not_called: 'not called',
    consent_by: 'Consent recognised by',
    variables: 'Variables',
    name: 'Name',
    label: 'Label',
    values: 'Values',
    wording: 'Wording',
    version: 'Version',
    calls: 'calls',
    cases: 'Cases by final code',
    code: 'AAPOR code',
    count: 'Count',
    dispositions: 'Attempts by disposition',
    rates: 'Outcome rates',
    rate: 'Rate',
    value: 'Value',
    formula: 'Formula',
    total: 'All cases',
    from_to: 'to',
    generated: 'As of',
  },
  it: {
    method: 'Metodo',
    period: 'Periodo di rilevazione (UTC)',
    organization: 'Per conto di',
    languages: 'Lingue',
    attempts: 'Tentativi',
    at_most: 'al massimo',
    minutes: 'minuti di distanza',
    hours: 'Orario delle chiamate, ora locale della persona chiamata',
    holidays: 'Giorni festivi',
    called: 'si chiama',
    not_called: 'non si chiama',
    consent_by: 'Consenso riconosciuto da',
    variables: 'Variabili',
    name: 'Nome',
    label: 'Etichetta',
    values: 'Valori',
    wording: 'Testi',
    version: 'Versione',
    calls: 'chiamate',
    cases: 'Casi per codice finale',
    code: 'Codice AAPOR',
    count: 'Numero',
    dispositions: 'Tentativi per esito',
    rates: 'Tassi',
    rate: 'Tasso',
    value: 'Valore',
    formula: 'Formula',
    total: 'Tutti i casi',
    from_to: '–',
    generated: 'Aggiornato al',
  },
} as const satisfies Record<Language, Record<string, string>>;

const STYLE = `
  :root { color-scheme: light dark; font: 1rem/1.55 system-ui, sans-serif; }
  body { max-width: 56rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
  h1 { font-size: 1.75rem; line-height: 1.2; margin-bottom: .25rem; }
  h2 { font-size: 1.25rem; margin-top: 2.5rem; }
  h3 { font-size: 1rem; margin-bottom: .25rem; }
  dl { display: grid; grid-template-columns: minmax(10rem, 1fr) 2fr; gap: .35rem 1.5rem; }
  dt { font-weight: 600; } dd { margin: 0; }
  .scroll { overflow-x: auto; }
  table { border-collapse: collapse; width: 100%; }
  caption { text-align: start; font-weight: 600; padding-bottom: .25rem; }
  th, td { text-align: start; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid #8886; }
  .number { text-align: end; font-variant-numeric: tabular-nums; }
  code { font-size: .875rem; overflow-wrap: anywhere; }
  blockquote { margin: .25rem 0 .75rem; padding-inline-start: 1rem; border-inline-start: 3px solid #8886; }
  .note { font-size: .9rem; }
  @media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
  @media print { body { max-width: none; padding: 0; } h2 { break-after: avoid; } tr { break-inside: avoid; } }`;

/** The codebook as one printable page without script: what a researcher can keep with the data. */
export function codebookPage(codebook: Codebook): string {
  const { language, campaign } = codebook;
  const texts = HEADINGS[language];
  const title = `${CODEBOOK_TEXTS[language].title}: ${campaign.name}`;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${html.raw(STYLE)}</style>
</head>
<body>
<main>
<h1>${campaign.name}</h1>
<p>${CODEBOOK_TEXTS[language].title} · ${texts.generated} ${time(codebook.generated_at)}</p>
${campaign.description ? html`<p>${campaign.description}</p>` : ''}
${method(codebook)}
${variables(codebook)}
${wording(codebook)}
${outcomes(codebook)}
</main>
</body>
</html>
`.text;
}

function method({ language, campaign, method: how }: Codebook): Html {
  const texts = HEADINGS[language];
  const { attempt_rule: rule, field_period: period } = how;
  const hours = `${rule.allowed_call_start_local}–${rule.allowed_call_end_local}, ${rule.allowed_weekdays.join(' ')}`;
  const { first_attempt_at: first, last_attempt_at: last } = period;
  const facts: [string, string][] = [
    [texts.organization, campaign.organization_name],
    [texts.period, first && last ? `${time(first)} ${texts.from_to} ${time(last)}` : '–'],
    [texts.languages, campaign.languages.join(', ')],
    [
      texts.attempts,
      `${texts.at_most} ${rule.max_attempts}, ${rule.retry_interval_minutes} ${texts.minutes}`,
    ],
    [texts.hours, hours],
    [texts.holidays, rule.call_on_public_holidays ? texts.called : texts.not_called],
    [
      texts.consent_by,
      how.interpreters.map(({ decided_by, calls }) => `${decided_by} (${calls})`).join(', ') || '–',
    ],
  ];
  return html`<h2>${texts.method}</h2>
<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
<ul>${how.notes.map((note) => html`<li>${note}</li>`)}</ul>`;
}

function variables({ language, variables: all }: Codebook): Html {
  const texts = HEADINGS[language];
  const values = (one: (typeof all)[number]) =>
    one.values === null
      ? html`${one.type}`
      : one.values.map(({ value, label, count }) => {
          const what = label === value ? html`<code>${value}</code>` : html`<code>${value}</code> ${label}`;
          return html`<div>${what}${count === null ? '' : ` (${count})`}</div>`;
        });
  return table(
    texts.variables,
    [texts.name, texts.label, texts.values],
    all.map(
      (one) => html`<tr><th scope="row"><code>${one.name}</code></th><td>${one.label}</td>
<td>${values(one)}</td></tr>`,
    ),
  );
}

function wording({ language, script_versions }: Codebook): Html {
  const texts = HEADINGS[language];
  return html`<h2>${texts.wording}</h2>${script_versions.map(
    ({ version, hash, created_at, calls, content }) => html`<section>
<h3>${texts.version} ${version} · ${time(created_at)} · ${calls} ${texts.calls}</h3>
<p class="note">SHA-256 <code>${hash}</code></p>
${Object.entries(content).map(
  ([spoken, script]) => html`<div lang="${spoken}"><blockquote>${script.intro_script}</blockquote>
<ol>${script.questions.map(({ text }) => html`<li>${text}</li>`)}</ol></div>`,
)}</section>`,
  )}`;
}

function outcomes({ language, cases, dispositions, rates, rates_source }: Codebook): Html {
  const texts = HEADINGS[language];
  const number = (value: number) => html`<td class="number">${value}</td>`;
  return html`${table(
    texts.cases,
    [texts.code, texts.label, texts.count],
    [
      ...cases.by_code.map(
        ({ code, label, count }) =>
          html`<tr><th scope="row">${code}</th><td>${label}</td>${number(count)}</tr>`,
      ),
      html`<tr><th scope="row"></th><td>${texts.total}</td>${number(cases.total)}</tr>`,
    ],
  )}
${table(
  texts.dispositions,
  [texts.code, texts.label, texts.count],
  dispositions.map(
    ({ aapor_code, label, attempts }) =>
      html`<tr><th scope="row">${aapor_code}</th><td>${label}</td>${number(attempts)}</tr>`,
  ),
)}
${table(
  texts.rates,
  [texts.rate, texts.value, texts.formula],
  rates.map(
    ({ name, value, formula }) =>
      html`<tr><th scope="row">${name}</th><td class="number">${value === null ? '–' : value.toFixed(3)}</td>
<td><code>${formula}</code></td></tr>`,
  ),
)}
<p class="note">${rates_source}</p>`;
}

function table(title: string, heads: string[], rows: Html[]): Html {
  return html`<h2>${title}</h2>
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows}</tbody>
</table></div>`;
}

function time(at: Date): string {
  return at.toISOString().slice(0, 16).replace('T', ' ');
}
