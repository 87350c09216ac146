import type { ImportReport, Stats } from './tour.ts';

export type DemoResult = {
  contacts: number;
  seed: number;
  speed: number;
  duration_seconds: number;
  imports: (ImportReport & { language: string })[];
  by_state: Record<string, number>;
  by_outcome: Record<string, number>;
  attempts_total: number;
  aapor: Record<string, Stats['aapor']>;
  emails_sent: number;
  export_path: string;
  violations: string[];
};

const RATES = ['RR1', 'COOP1', 'REF1', 'CON1'];

/** The result as a table for a person. */
export function renderResult(result: DemoResult): string {
  const share = (count: number) =>
    `${((100 * count) / Math.max(1, result.contacts)).toFixed(1)} %`.padStart(8);
  const states = Object.entries(result.by_state).map(
    ([state, count]) => `  ${state.padEnd(14)}${String(count).padStart(6)}${share(count)}`,
  );
  const rates = Object.entries(result.aapor).map(
    ([language, values]) =>
      `  ${language}  ${RATES.map((name) => `${name} ${values[name]?.toFixed(3) ?? '–'}`).join('   ')}`,
  );
  const verdict =
    result.violations.length === 0
      ? 'All promises held, by the records of the network and of the mail server.'
      : ['Broken promises:', ...result.violations.map((violation) => `  - ${violation}`)].join('\n');
  return [
    '',
    `Outcome of ${result.contacts} contacts after ${result.duration_seconds} s`,
    ...states,
    '',
    'AAPOR rates',
    ...rates,
    '',
    `Calls placed  ${result.attempts_total}`,
    `E-mails sent  ${result.emails_sent}`,
    `Export        ${result.export_path}`,
    '',
    verdict,
    '',
  ].join('\n');
}
