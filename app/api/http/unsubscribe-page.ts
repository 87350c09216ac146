import type { Language } from '../../infra/db/tables.ts';

type Page = 'ask' | 'done' | 'unknown';

const TEXTS = {
  en: {
    ask: {
      title: 'No further e-mails?',
      text: 'We will send no further e-mails to the address to which you got this link.',
      button: 'Unsubscribe',
    },
    done: { title: 'You are unsubscribed', text: 'We will send no further e-mails to your address.' },
    unknown: {
      title: 'This link is not valid',
      text: 'Please open the link exactly as it stands in the e-mail.',
    },
    calls:
      'This is about e-mails only. If you want no more calls, tell the assistant when it calls: it will stop at once.',
  },
  it: {
    ask: {
      title: 'Nessun’altra e-mail?',
      text: 'Non invieremo altre e-mail all’indirizzo a cui ha ricevuto questo collegamento.',
      button: 'Non ricevere più e-mail',
    },
    done: { title: 'Iscrizione annullata', text: 'Non invieremo altre e-mail al suo indirizzo.' },
    unknown: {
      title: 'Questo collegamento non è valido',
      text: 'Apra il collegamento esattamente come si trova nell’e-mail.',
    },
    calls:
      'Riguarda solo le e-mail. Se non vuole più telefonate, lo dica all’assistente quando chiama: smetterà subito.',
  },
} as const satisfies Record<
  Language,
  Record<Page, { title: string; text: string; button?: string }> & { calls: string }
>;

const STYLE = `
  :root { color-scheme: light dark; font: 1.125rem/1.6 system-ui, sans-serif; }
  body { max-width: 34rem; margin: 0 auto; padding: 3rem 1.25rem; }
  h1 { font-size: 1.6rem; line-height: 1.25; }
  button { font: inherit; font-weight: 600; min-height: 3rem; padding: .5rem 1.5rem; border: 0; border-radius: .5rem;
    color: #fff; background: #1f5fbf; cursor: pointer; }
  button:focus-visible { outline: 3px solid #e08a00; outline-offset: 3px; }
  .note { margin-top: 2rem; font-size: 1rem; }`;

/** A whole page without script; the form goes to the address of the page itself. */
export function unsubscribePage(page: Page, language: Language): string {
  const texts = TEXTS[language];
  const { title, text } = texts[page];
  const form =
    page === 'ask' ? `<form method="post"><button type="submit">${texts.ask.button}</button></form>` : '';
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${text}</p>
${form}
${page === 'unknown' ? '' : `<p class="note">${texts.calls}</p>`}
</main>
</body>
</html>
`;
}
