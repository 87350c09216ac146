import type { z } from 'zod';
import { SECTIONS } from '../app/infra/config/settings.ts';

const BETWEEN = /(<!-- settings:[^>]*-->\n)[\s\S]*?(<!-- \/settings -->)/;

/** The documentation with its tables of settings written anew. */
export function withSettings(documentation: string): string {
  if (!BETWEEN.test(documentation)) throw new Error('the place of the settings is not marked');
  return documentation.replace(
    BETWEEN,
    (_all, begin: string, end: string) => `${begin}\n${tables()}\n${end}`,
  );
}

function tables(): string {
  const parts = Object.entries(SECTIONS).map(([title, section]) =>
    [
      `### ${title}`,
      '',
      '| variable | default | what it is |',
      '|---|---|---|',
      ...Object.entries(section.shape).map(([name, schema]) => row(name, schema as z.ZodType)),
      '',
    ].join('\n'),
  );
  return parts.join('\n');
}

function row(name: string, schema: z.ZodType): string {
  const { description } = schema;
  if (!description) throw new Error(`${name} has no description`);
  // A default that depends on the machine or on another setting stands behind the description.
  const [what = '', given] = description.split('; `');
  const isOwn = given?.endsWith('`') && !given.slice(0, -1).includes('`');
  const shown = isOwn ? `\`${given}` : defaultOf(schema);
  return `| \`${name}\` | ${shown} | ${(isOwn ? what : description).replaceAll('|', '\\|')} |`;
}

type Definition = { type: string; defaultValue?: unknown; innerType?: z.ZodType; in?: z.ZodType };

/** What holds where the variable is not set. */
function defaultOf(schema: z.ZodType): string {
  const { type, defaultValue, innerType, in: input } = schema.def as unknown as Definition;
  if (type === 'default') return defaultValue === '' ? 'none' : `\`${String(defaultValue)}\``;
  if (type === 'optional') return 'none';
  const inner = innerType ?? input;
  return inner ? defaultOf(inner) : 'required';
}
