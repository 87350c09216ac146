import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendPage } from '../html-page.ts';
import { inboxPage, messagePage } from './inbox-page.ts';
import type { MessageStore } from './message-store.ts';

/** The mailbox on the web: `/`, `/messages` and `/messages/{id}` as JSON, `…/page` and `…/html`. */
export function inboxDoor(store: MessageStore) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const path = new URL(request.url ?? '/', 'http://mailbox').pathname;
    const [, id, form] = /^\/messages\/([^/]+)(?:\/(page|html))?$/.exec(path) ?? [];
    const message = id === undefined ? undefined : store.find(id);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
    } else if (path === '/') {
      sendPage(response, 200, 'Mailbox', inboxPage(store.all()));
    } else if (path === '/messages') {
      sendJson(response, store.all());
    } else if (!message) {
      sendPage(response, 404, 'Not found', '<h1>Not found</h1>\n<p><a href="/">Mailbox</a></p>');
    } else if (form === 'page') {
      sendPage(response, 200, message.subject || 'Message', messagePage(message));
    } else if (form === 'html') {
      sendForeignHtml(response, message.html ?? '');
    } else {
      sendJson(response, message);
    }
  };
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(value));
}

/** A stranger's HTML: no script, no form, nothing fetched but pictures that are in the mail. */
function sendForeignHtml(response: ServerResponse, html: string): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    'x-content-type-options': 'nosniff',
  });
  response.end(html);
}
