import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import adminEnglish from './admin.en.json' with { type: 'json' };
import adminItalian from './admin.it.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };
import italian from './it.json' with { type: 'json' };

type Texts = { [key: string]: string | Texts };

function flatten(texts: Texts, prefix = ''): [key: string, text: string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${prefix}${key}`, value]] : flatten(value, `${prefix}${key}.`),
  );
}

const english = flatten({ ...en, ...adminEnglish });
const other = new Map(flatten({ ...italian, ...adminItalian }));
const placeholders = (text: string) => [...text.matchAll(/{{\w+}}/g)].map(([name]) => name).sort();

/** Every source line that could name a key, as one text. */
function sources(): string {
  const root = path.join(import.meta.dirname, '../..');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => /\.tsx?$/.test(file) && !/\.(test|gen)\./.test(file))
    .map((file) => readFileSync(path.join(root, file), 'utf8'))
    .join('\n');
}

describe('the texts', () => {
  it('are there in both languages', () => {
    expect([...other.keys()].sort()).toEqual(english.map(([key]) => key).sort());
  });

  it('are nowhere empty', () => {
    expect([...english, ...other].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('take the same values in both languages', () => {
    const differing = english.filter(
      ([key, text]) => String(placeholders(text)) !== String(placeholders(other.get(key) ?? '')),
    );
    expect(differing).toEqual([]);
  });

  it('are all used', () => {
    const code = sources();
    const isUsed = (key: string) => {
      const stem = key.replace(/_(zero|one|other)$/, '');
      const names = [key, stem].map((name) => `'${name}'`);
      // A key made of a family and a value, `t(`role.${role}`)` or `label('funnel', step)`.
      const family = key.slice(0, key.lastIndexOf('.'));
      const made = [`\`${family}.\${`, `label('${family}',`];
      const part = stem.match(/^(.*\.[a-z]+_)(.+)$/)?.[1];
      return [...names, ...made, ...(part ? [`\`${part}\${`] : [])].some((name) => code.includes(name));
    };
    expect(english.map(([key]) => key).filter((key) => !isUsed(key))).toEqual([]);
  });
});
