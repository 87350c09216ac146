import { byNumber, mostAtOnce, type Ring } from './carrier-log.ts';
import type { PeopleFile, Person } from './people.ts';
import type { ImportReport } from './tour.ts';

/** What the outside world recorded, beside what was asked for. Our own tables are what is being checked. */
export type Evidence = {
  rings: Ring[];
  /** One entry a delivered mail. */
  recipients: string[];
  /** Mails that the product lists as unknown: they may have arrived or not. */
  emails_unknown: number;
  people: Person[];
  scripts: { intro: string; questions: string[] }[];
  rules: { max_attempts: number; retry_interval_minutes: number; max_concurrent_calls: number };
  imports: { file: PeopleFile; report: ImportReport }[];
  /** What the product says of itself. */
  claimed: {
    attempts_total: number;
    /** Of these, the ones that nobody can say were dialled: their process died just before the request. */
    dials_unknown: number;
    live_calls: number;
    by_state: Record<string, number>;
    /** phone_number and outcome of every row of the exports. */
    export_rows: { phone_number: string; outcome: string }[];
    excluded_numbers: string[];
  };
};

// What becomes of the first eleven people: the network's cast, in its order.
const CAST_STATES = [
  'completed', // cooperative
  'refused', // refuses
  'refused', // opts out
  'completed', // asks who is calling
  'completed', // asks to repeat
  'not_reached', // mumbles: no explicit consent, twice
  'not_reached', // no answer
  'not_reached', // busy
  'not_reached', // answering machine
  'not_reached', // hangs up mid-survey
  'not_reached', // invalid number
];
const OPTS_OUT = '03';
const MACHINE = '09';
// The carrier's clock and ours differ by the way between them, and its time stamps are in whole seconds.
const CLOCK_TOLERANCE_MS = 1_500;

/** Every promise that was broken, one sentence each; empty when all held (calling rules, conversation, results). */
export function findViolations(evidence: Evidence): string[] {
  return [
    ...importViolations(evidence),
    ...ringViolations(evidence),
    ...speechViolations(evidence),
    ...resultViolations(evidence),
    ...mailViolations(evidence),
  ];
}

function importViolations({ imports }: Evidence): string[] {
  return imports.flatMap(({ file, report }) => {
    const expected = {
      accepted_count: file.people.length,
      rejected_count: file.rejected_rows,
      duplicate_count: file.duplicate_rows,
      excluded_count: file.people.filter((person) => person.do_not_call).length,
    };
    return Object.entries(expected)
      .filter(([name, count]) => report[name as keyof ImportReport] !== count)
      .map(([name, count]) => `${name} is ${report[name as keyof ImportReport]}, the file has ${count}`);
  });
}

function ringViolations({ rings, people, rules, claimed }: Evidence): string[] {
  const found: string[] = [];
  const callable = new Set(
    people.filter((person) => !person.do_not_call).map((person) => person.phone_number),
  );
  for (const [number, calls] of byNumber(rings)) {
    if (!callable.has(number)) found.push(`${number} was called and should never have been`);
    if (calls.length > rules.max_attempts) found.push(`${number} was called ${calls.length} times`);
    calls.slice(1).forEach((call, index) => {
      const gapMs = call.start_ms - (calls[index]?.end_ms ?? Number.POSITIVE_INFINITY);
      if (gapMs < 0) found.push(`${number} had two live calls`);
      else if (gapMs + CLOCK_TOLERANCE_MS < rules.retry_interval_minutes * 60_000) {
        found.push(`${number} was called again after ${Math.round(gapMs / 1000)} s`);
      }
    });
  }
  const open = rings.filter((ring) => ring.end_ms === null).length;
  if (open > 0) found.push(`${open} calls never ended`);
  const most = mostAtOnce(rings);
  if (most > rules.max_concurrent_calls) found.push(`${most} calls were live at once`);
  const dialled = claimed.attempts_total - claimed.dials_unknown;
  if (dialled !== rings.length) {
    found.push(`${dialled} dialled attempts are claimed, the network saw ${rings.length}`);
  }
  if (claimed.live_calls !== 0) found.push(`${claimed.live_calls} attempts are still open`);
  return found;
}

function speechViolations({ rings, scripts, claimed }: Evidence): string[] {
  const found: string[] = [];
  const questions = new Set(scripts.flatMap((script) => script.questions));
  const intros = scripts.map((script) => script.intro);
  for (const ring of rings) {
    const first = ring.said.findIndex((turn) => turn.speaker === 'agent');
    // Who hangs up, or is a machine, hears only the beginning of it.
    if (first >= 0 && !intros.some((intro) => intro.startsWith(ring.said[first]!.text.trim()))) {
      found.push(`${ring.call_sid} did not begin with the approved introduction`);
    }
    const asked = ring.said.findIndex((turn) => turn.speaker === 'agent' && questions.has(turn.text.trim()));
    const heardBefore = ring.said.slice(0, Math.max(asked, 0)).some((turn) => turn.speaker === 'respondent');
    if (asked >= 0 && !heardBefore) found.push(`${ring.call_sid} asked a question before any consent`);
    if (asked >= 0 && ring.to.endsWith(MACHINE)) {
      found.push(`${ring.call_sid} asked a machine a question`);
    }
  }
  for (const [number, calls] of byNumber(rings)) {
    if (!number.endsWith(OPTS_OUT)) continue;
    // A call that broke before the agent answered the wish has not heard it.
    const heard = calls.findIndex(isAnsweredByAgent);
    if (heard >= 0 && calls.length > heard + 1) found.push(`${number} was called again after an opt-out`);
    if (!claimed.excluded_numbers.includes(number)) found.push(`${number} opted out and is on no list`);
  }
  return found;
}

/** The agent spoke after the respondent did: what was said had been heard. */
function isAnsweredByAgent({ said }: Ring): boolean {
  const first = said.findIndex((turn) => turn.speaker === 'respondent');
  return first >= 0 && said.slice(first + 1).some((turn) => turn.speaker === 'agent');
}

function resultViolations({ people, claimed }: Evidence): string[] {
  const found: string[] = [];
  const total = Object.values(claimed.by_state).reduce((sum, count) => sum + count, 0);
  if (total !== people.length)
    found.push(`${people.length} contacts were accepted, the states add up to ${total}`);
  for (const state of ['pending', 'in_progress']) {
    if (claimed.by_state[state]) found.push(`${claimed.by_state[state]} contacts are still ${state}`);
  }
  const exported = new Map(claimed.export_rows.map((row) => [row.phone_number, row.outcome]));
  if (exported.size !== claimed.export_rows.length) found.push('the export has a contact twice');
  if (claimed.export_rows.length !== people.length) {
    found.push(`the export has ${claimed.export_rows.length} rows for ${people.length} terminal contacts`);
  }
  for (const person of people) {
    const expected = person.do_not_call ? 'excluded' : CAST_STATES[Number(person.phone_number.slice(-2)) - 1];
    const outcome = exported.get(person.phone_number);
    if (expected && outcome !== expected) {
      found.push(`${person.phone_number} ended as ${outcome ?? 'nothing'}, expected ${expected}`);
    }
  }
  return found;
}

function mailViolations({ recipients, emails_unknown, people, claimed }: Evidence): string[] {
  const found: string[] = [];
  const outcomes = new Map(claimed.export_rows.map((row) => [row.phone_number, row.outcome]));
  const due = new Set(
    people
      .filter((person) => person.email && outcomes.get(person.phone_number) !== 'excluded')
      .map((person) => person.email as string),
  );
  const counts = countEach(recipients);
  for (const [email, count] of counts) {
    if (count > 1) found.push(`${email} got ${count} mails`);
    if (!due.has(email)) found.push(`${email} got a mail that was not due`);
  }
  const missing = [...due].filter((email) => !counts.has(email)).length;
  if (missing > emails_unknown) found.push(`${missing} mails that were due never arrived`);
  return found;
}

function countEach(values: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
