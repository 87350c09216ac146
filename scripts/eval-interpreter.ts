import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import type { Interpretation, Listening } from '../app/calling/dialogue/interpreter.ts';
import { interpretByRules } from '../app/calling/dialogue/rules/interpret.ts';

// Scores the built-in interpreter against labelled utterances: `npm run eval:interpreter -- FILE.jsonl [--json] [--wrong]`.
type Row = {
  lang: 'en' | 'it';
  context: 'consent' | 'question' | 'numeric' | 'scale' | 'free_text' | 'answered';
  utterance: string;
  expected: string;
  accept: string[];
  value?: number;
  scale?: [number, number];
};
type Scored = { row: Row; got: Interpretation; us: number; acceptable: boolean };

function listeningFor(row: Row): Listening {
  if (row.context === 'consent' || row.context === 'answered') return { context: 'consent' };
  const type = row.context === 'scale' ? 'scale' : row.context === 'free_text' ? 'free_text' : 'numeric';
  return { context: 'question', type, scale_min: row.scale?.[0] ?? null, scale_max: row.scale?.[1] ?? null };
}

function score(row: Row): Scored {
  const utterance = {
    text: row.utterance,
    language: row.lang,
    listening: listeningFor(row),
    first_speech: row.context === 'answered',
  };
  const before = performance.now();
  const got = interpretByRules(utterance);
  const us = (performance.now() - before) * 1_000;
  const isNumber = row.value !== undefined && row.expected === 'number' && got.label === 'number';
  const acceptable =
    row.accept.includes(got.label) && (!isNumber || sameNumber(got.value, row.value as number));
  return { row, got, us, acceptable };
}

function sameNumber(a: number | null, b: number): boolean {
  return a !== null && Math.abs(a - b) < 1e-5;
}

function recall(rows: Scored[], context: string, label: string, strict: boolean): number | null {
  const due = rows.filter(
    ({ row }) => row.context === context && row.expected === label && (!strict || row.accept.length === 1),
  );
  const right = due.filter(({ got }) => got.label === label || (label === 'no' && got.label === 'stop'));
  return due.length === 0 ? null : right.length / due.length;
}

function numbers(rows: Scored[], context: string) {
  const due = rows.filter(({ row }) => row.context === context && row.value !== undefined);
  const read = due.filter(({ got }) => got.label === 'number');
  const correct = read.filter(({ got, row }) => sameNumber(got.value, row.value as number)).length;
  const invented = rows.filter(
    ({ row, got }) =>
      row.context === context &&
      row.value === undefined &&
      got.label === 'number' &&
      !row.accept.includes('number'),
  ).length;
  return { correct, wrong: read.length - correct + invented, rejected: due.length - read.length };
}

function summary(rows: Scored[]) {
  const consent = rows.filter(({ row }) => row.context === 'consent');
  const forbidden = consent.filter(({ row }) => !row.accept.includes('yes'));
  const optOuts = rows.filter(({ row }) => row.expected === 'opt_out');
  const times = rows.map(({ us }) => us).sort((a, b) => a - b);
  return {
    rows: rows.length,
    false_consents: forbidden.filter(({ got }) => got.label === 'yes').length,
    yes_forbidden_rows: forbidden.length,
    acceptable: rows.filter((one) => one.acceptable).length / Math.max(1, rows.length),
    strict_yes_recall: recall(rows, 'consent', 'yes', true),
    strict_no_recall: recall(rows, 'consent', 'no', true),
    repeat_recall: recall(rows, 'consent', 'repeat', false),
    opt_out_recall: optOuts.filter(({ got }) => got.label === 'opt_out').length / Math.max(1, optOuts.length),
    false_opt_outs: rows.filter(
      ({ row, got }) =>
        row.context === 'free_text' && got.label === 'opt_out' && !row.accept.includes('opt_out'),
    ).length,
    numbers: numbers(rows, 'numeric'),
    scale: numbers(rows, 'scale'),
    p95_us: Math.round((times[Math.floor(times.length * 0.95)] ?? 0) * 10) / 10,
  };
}

const file = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
if (!file) {
  process.stderr.write('usage: npm run eval:interpreter -- FILE.jsonl [--json] [--wrong]\n');
  process.exit(2);
}
const rows = (await readFile(file, 'utf8'))
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line) as Row);
for (const row of rows) score(row); // warm
const scored = rows.map(score);
const result = {
  en: summary(scored.filter(({ row }) => row.lang === 'en')),
  it: summary(scored.filter(({ row }) => row.lang === 'it')),
};
if (process.argv.includes('--wrong')) {
  for (const { row, got, acceptable } of scored) {
    if (!acceptable)
      process.stdout.write(
        `${row.lang} ${row.context} ${row.expected}(${row.accept}) got ${got.label} ${got.value ?? ''}: ${row.utterance}\n`,
      );
  }
}
process.stdout.write(
  process.argv.includes('--json') ? `${JSON.stringify(result)}\n` : `${JSON.stringify(result, null, 2)}\n`,
);
