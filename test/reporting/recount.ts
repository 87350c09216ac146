import type { Disposition } from '../../app/infra/db/tables.ts';
import { type History, startOf, type TriedCall } from './histories.ts';

// The figures once more, counted one by one from what was written, and in other words than the product's.

const CODE: Record<Disposition, string> = {
  completed: '1.1',
  refusal: '2.11',
  opt_out: '2.11',
  break_off: '2.12',
  callback_requested: '2.2',
  no_explicit_consent: '2.3',
  wrong_person: '2.3',
  language_barrier: '2.3',
  minor: '2.3',
  answering_machine: '3.14',
  no_answer: '3.13',
  busy: '3.12',
  technical: '3.16',
  dial_unknown: '3.16',
  blocked: '3.16',
  invalid_number: '4.3',
};
const OUTCOME: Record<string, string> = {
  '1.1': 'completed',
  '2.11': 'refused',
  '2.12': 'failed',
  '2.2': 'no_answer',
  '2.3': 'failed',
  '3.14': 'no_answer',
  '3.13': 'no_answer',
  '3.12': 'busy',
  '3.16': 'failed',
  '4.3': 'failed',
};
const HIGHEST_FIRST = ['2.12', '2.2', '2.3', '3.14', '3.13', '3.12', '3.16'];

function finalCode({ state, calls }: History): string {
  const codes = calls.flatMap(({ disposition }) => (disposition ? [CODE[disposition]] : []));
  if (state === 'completed' || state === 'refused') return codes.at(-1)!;
  const last = calls.at(-1)?.disposition;
  if (state === 'not_reached' && ['invalid_number', 'wrong_person', 'minor'].includes(last ?? ''))
    return codes.at(-1)!;
  return HIGHEST_FIRST.find((code) => codes.includes(code)) ?? '3.11';
}

function tally<T>(items: T[], keyOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}

const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);

/** The rates of the Standard Definitions, each spelt out as it is printed there. */
export function naiveRates(n: {
  I: number;
  P: number;
  R: number;
  NC: number;
  O: number;
  UH: number;
  UO: number;
  NE: number;
}) {
  const { I, P, R, NC, O, UH, UO, NE } = n;
  const known = I + P + R + NC + O;
  const e = ratio(known, known + NE);
  const eU = (e ?? 0) * (UH + UO);
  return {
    RR1: ratio(I, I + P + (R + NC + O) + (UH + UO)),
    RR2: ratio(I + P, I + P + (R + NC + O) + (UH + UO)),
    RR3: ratio(I, I + P + (R + NC + O) + eU),
    RR4: ratio(I + P, I + P + (R + NC + O) + eU),
    RR5: ratio(I, I + P + (R + NC + O)),
    RR6: ratio(I + P, I + P + (R + NC + O)),
    COOP1: ratio(I, I + P + R + O),
    COOP2: ratio(I + P, I + P + R + O),
    COOP3: ratio(I, I + P + R),
    COOP4: ratio(I + P, I + P + R),
    REF1: ratio(R, I + P + (R + NC + O) + (UH + UO)),
    REF2: ratio(R, I + P + (R + NC + O) + eU),
    REF3: ratio(R, I + P + (R + NC + O)),
    CON1: ratio(I + P + R + O, I + P + R + O + NC + UH + UO),
    CON2: ratio(I + P + R + O, I + P + R + O + NC + eU),
    CON3: ratio(I + P + R + O, I + P + R + O + NC),
    e,
  };
}

function ratesOf(codes: string[]) {
  const count = (...wanted: string[]) => codes.filter((code) => wanted.includes(code)).length;
  return naiveRates({
    I: count('1.1'),
    P: 0,
    R: count('2.11', '2.12'),
    NC: count('2.2'),
    O: count('2.3'),
    UH: count('3.11', '3.12', '3.13', '3.14', '3.16'),
    UO: 0,
    NE: count('4.3'),
  });
}

function p95(values: number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = 0.95 * (sorted.length - 1);
  const low = sorted[Math.floor(at)]!;
  return low + (sorted[Math.ceil(at)]! - low) * (at - Math.floor(at));
}

const average = (values: number[]) =>
  values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;

function answersOf(histories: History[], question: number) {
  const given = histories.flatMap(({ answers }) => answers?.[question - 1] ?? []);
  if (question === 3)
    return {
      count: given.length,
      mean: null,
      min: null,
      max: null,
      distribution: [],
      texts: given.toSorted(),
    };
  const numbers = given.map(Number);
  const distribution = Object.entries(tally(given, (value) => value))
    .map(([value, count]) => ({ value, count, share: count / given.length }))
    .toSorted((a, b) => Number(a.value) - Number(b.value));
  const min = numbers.length === 0 ? null : Math.min(...numbers);
  const max = numbers.length === 0 ? null : Math.max(...numbers);
  return { count: given.length, mean: average(numbers), min, max, distribution, texts: [] };
}

/** The day of an attempt on the clocks of Rome. */
export const romanDay = (moment: Date) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Rome', dateStyle: 'short' }).format(moment);

/** Day of the week and hour of an attempt on the clocks of Rome. */
const romanHour = (moment: Date) => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Rome',
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(moment);
  const part = (type: string) => parts.find((one) => one.type === type)!.value;
  return `${part('weekday').toLowerCase()} ${Number(part('hour'))}`;
};

function retries(histories: History[]) {
  return [1, 2, 3, 4].flatMap((attempt_number) => {
    const made = histories
      .flatMap(({ calls }) => calls[attempt_number - 1] ?? [])
      .filter((one) => one.disposition);
    if (made.length === 0) return [];
    const answered = made.filter(({ talked }) => talked !== null).length;
    const completions = made.filter(({ disposition }) => disposition === 'completed').length;
    return [{ attempt_number, attempts: made.length, answered, completions }];
  });
}

/** What the stats must say of these contacts. */
export function recount(histories: History[]) {
  const states = tally(histories, ({ state }) => state);
  const calls = histories.flatMap((history) => history.calls);
  const callable = histories.length - (states.excluded ?? 0);
  const codes = histories.map(finalCode);
  const ended = calls.filter(
    (call): call is TriedCall & { disposition: Disposition } => call.disposition !== null,
  );
  const reached = (test: (call: TriedCall) => boolean) =>
    histories.filter((history) => history.calls.some(test)).length;
  const resolved = (question: number) =>
    reached((call) => call.disposition === 'completed' || call.partial >= question);
  return {
    total_contacts: histories.length,
    by_state: {
      pending: 0,
      in_progress: 0,
      completed: 0,
      refused: 0,
      not_reached: 0,
      excluded: 0,
      ...states,
    },
    attempted: histories.filter((history) => history.calls.length > 0).length,
    completion_rate: ratio(states.completed ?? 0, callable),
    refusal_rate: ratio(states.refused ?? 0, callable),
    not_reached_rate: ratio(states.not_reached ?? 0, callable),
    aapor: ratesOf(codes),
    by_disposition_code: tally(codes, (code) => code),
    by_outcome: {
      ...{ completed: 0, refused: 0, no_answer: 0, busy: 0, failed: 0 },
      ...tally(ended, ({ disposition }) => OUTCOME[CODE[disposition]]!),
    },
    attempts_total: calls.length,
    live_calls: calls.length - ended.length,
    average_call_duration_seconds: average(ended.flatMap(({ talked }) => talked ?? [])),
    turn_latency_p95_ms: p95(calls.flatMap(({ latencies }) => latencies)),
    answer_rate: tally(
      ended,
      (call) => `${romanHour(startOf(call))} ${call.talked === null ? 'not ' : ''}answered`,
    ),
    retry_yield: retries(histories),
    attempts_by_day: tally(calls, (call) => romanDay(startOf(call))),
    funnel: {
      dialled: reached(() => true),
      answered: reached((call) => call.talked !== null),
      consent: reached((call) => call.consent === 'granted'),
      question_1: resolved(1),
      question_2: resolved(2),
      question_3: resolved(3),
      completed: reached((call) => call.disposition === 'completed'),
    },
    answers: [1, 2, 3].map((question) => answersOf(histories, question)),
  };
}
