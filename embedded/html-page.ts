import type { ServerResponse } from 'node:http';
import { escapeHtml } from './escape-html.ts';

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem; }
  h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
  .note { opacity: .8; margin: 0 0 1.5rem; }
  ul { list-style: none; padding: 0; margin: 0; display: grid; gap: .6rem; }
  button, .row { display: block; box-sizing: border-box; width: 100%; text-align: left; font: inherit;
    color: inherit; text-decoration: none; background: Canvas; border: 1px solid GrayText;
    border-radius: .5rem; padding: .7rem 1rem; cursor: pointer; }
  button:hover, .row:hover { border-color: LinkText; }
  :focus-visible { outline: 3px solid LinkText; outline-offset: 2px; }
  small { display: block; opacity: .8; overflow-wrap: anywhere; }
  iframe { width: 100%; height: 34rem; border: 1px solid GrayText; border-radius: .5rem; background: #fff; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
  dt { opacity: .8; } dd { margin: 0; overflow-wrap: anywhere; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }`;

/** A whole page in the plain style of the embedded servers; `body` is HTML already. */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

/** Sends a page that runs no script and loads nothing from elsewhere. */
export function sendPage(response: ServerResponse, status: number, title: string, body: string): void {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'";
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(htmlPage(title, body));
}
