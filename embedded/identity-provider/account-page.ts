import { escapeHtml } from '../escape-html.ts';
import { PEOPLE } from './accounts.ts';

/** The page that asks who signs in: one button for each person, which posts the address to the same URL. */
export function accountPage(): string {
  const buttons = PEOPLE.map(
    ({ name, email, role, may }) => `<li><button name="email" value="${escapeHtml(email)}">
${escapeHtml(name)} · ${escapeHtml(role ?? 'no role')}
<small>${escapeHtml(email)}: may ${escapeHtml(may)}</small>
</button></li>`,
  );
  return `<h1>Who signs in?</h1>
<p class="note">This identity provider runs on your machine and asks for no password.</p>
<form method="post">
<ul>
${buttons.join('\n')}
</ul>
</form>`;
}
