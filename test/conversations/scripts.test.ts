import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Line, type Played, play } from './play.ts';

// One call a file, as it reads: who does what, then what must come of it. The agent's own words are checked below.
const FOLDER = path.join(import.meta.dirname, 'scripts');

type Script = { title: string; lines: Line[]; ending: Partial<Played> };

function readScript(file: string): Script {
  const [heading = '', ...rest] = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const lines: Line[] = [];
  const ending: Partial<Played> = {};
  for (const line of rest) readLine(line, lines, ending);
  expect(ending.disposition).toBeDefined();
  return { title: heading.replace('# ', ''), lines, ending };
}

function readLine(line: string, lines: Line[], ending: Partial<Played>): void {
  const [, key = line, value = ''] = /^([A-Z][^:]*): (.*)$/.exec(line) ?? [];
  switch (key) {
    case 'They':
      lines.push(value);
      return;
    case 'They cut in':
      lines.push({ interrupts: value });
      return;
    case '(silence)':
      lines.push({ silence: true });
      return;
    case '(hangs up)':
      lines.push({ hangs_up: true });
      return;
    case '(a machine is detected)':
      lines.push({ machine: true });
      return;
    case 'Consent':
      ending.consent = value === 'none' ? null : (value as 'granted' | 'refused');
      return;
    case 'Answers':
      ending.answers = value === 'none' ? [] : value.split(' | ');
      return;
    case 'Opt-out':
      ending.opt_out = true;
      return;
    case 'Ends as':
      ending.disposition = value;
      return;
    default:
      throw new Error(`no script says: ${line}`);
  }
}

describe.each(['en', 'it'] as const)('conversations in %s', (language) => {
  const scripts = readdirSync(path.join(FOLDER, language)).map((name) =>
    readScript(path.join(FOLDER, language, name)),
  );

  it('are at least 28', () => {
    expect(scripts.length).toBeGreaterThanOrEqual(28);
  });

  it.each(scripts)('$title', ({ lines, ending }) => {
    const played = play(language, lines);
    expect(played).toMatchObject(ending);
    expectGoodManners(played);
  });

  it('speaks the approved texts word for word and in order', () => {
    const { state, said, prompts } = play(
      language,
      language === 'en' ? ['yes', '4', '3', 'books'] : ['sì', '4', '3', 'libri'],
    );
    const { intro_script, questions } = state.script;
    expect(said.slice(0, 4)).toEqual([intro_script, ...questions.map((question) => question.text)]);
    expect(prompts.at(-1)).toBe('thanks');
  });
});

/** What holds at the end of every call, whatever was said. */
function expectGoodManners({ prompts, disposition, consent, hang_up, actions }: Played): void {
  expect(prompts[0]).toBe('intro');
  if (consent !== 'granted') expect(prompts.filter((prompt) => prompt.startsWith('question_'))).toEqual([]);
  for (const prompt of new Set(prompts)) {
    if (/^(question_|consent_question)/.test(prompt)) {
      expect(prompts.filter((one) => one === prompt).length).toBeLessThanOrEqual(2);
    }
  }
  expect(disposition).not.toBeNull();
  expect(actions.filter((action) => action.type === 'finish')).toHaveLength(1);
  const endedByThem =
    ['break_off'].includes(disposition ?? '') || (disposition === 'no_explicit_consent' && !hang_up);
  if (!endedByThem) expect(hang_up).toBe(true);
  for (const action of actions)
    if (action.type === 'hang_up') expect(action.deadline_ms).toBeLessThanOrEqual(10_000);
}
