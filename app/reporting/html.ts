/** Text that is HTML already. */
export type Html = { text: string };
type Part = string | number | Html | readonly Html[];

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template whose parts are escaped, each, unless they are HTML themselves: nothing that people write becomes markup. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return { text: String.raw({ raw: strings }, ...parts.map(textOf)) };
}

/** Our own text, as it stands. */
html.raw = (text: string): Html => ({ text });

function textOf(part: Part): string {
  if (typeof part === 'string') return part.replace(/[&<>"']/g, (letter) => ENTITIES[letter]!);
  if (typeof part === 'number') return String(part);
  return 'text' in part ? part.text : part.map(({ text }) => text).join('');
}
