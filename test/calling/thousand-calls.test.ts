import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PersonaName } from '../../carrier/cast/cast.ts';
import { ALWAYS, type CarrierWorld, carrierWorld } from './carrier-world.ts';

const CALLS = process.env.TEST_FULL ? 1_000 : 100;
// What a correct application makes of each character, over the wire.
const TRUTH: Record<PersonaName, string> = {
  cooperative: 'completed',
  refuses: 'refusal',
  opts_out: 'opt_out',
  asks_who: 'completed',
  asks_to_repeat: 'completed',
  mumbles: 'no_explicit_consent',
  no_answer: 'no_answer',
  busy: 'busy',
  answering_machine: 'answering_machine',
  hangs_up: 'break_off',
  invalid_number: 'invalid_number',
};
const NO_CONSENT: readonly string[] = ['refuses', 'opts_out', 'mumbles', 'answering_machine'];

let w: CarrierWorld;
beforeAll(async () => {
  w = await carrierWorld();
  await w.db
    .updateTable('provider_config')
    .set({ max_concurrent_calls: 20, calls_per_second: 1_000 })
    .execute();
});
afterAll(() => w.close());

type Row = {
  persona: string;
  number: string;
  disposition: string | null;
  decision: string | null;
  answers: number;
};

async function whatBecameOf(campaign: string): Promise<Row[]> {
  const persona = new Map((await w.facts()).flatMap(({ to, persona }) => (persona ? [[to, persona]] : [])));
  const rows = await w.db
    .selectFrom('call_attempt as a')
    .leftJoin('consent_record as c', 'c.call_attempt_id', 'a.id')
    .select(['a.phone_number', 'a.disposition', 'c.decision'])
    .select((eb) =>
      eb
        .selectFrom('call_answer as q')
        .whereRef('q.call_attempt_id', '=', 'a.id')
        .select((inner) => inner.fn.countAll<number>().as('n'))
        .as('answers'),
    )
    .where('a.campaign_id', '=', campaign)
    .execute();
  return rows.map(({ phone_number, answers, ...row }) => {
    const number = phone_number ?? '';
    return { ...row, number, answers: answers ?? 0, persona: persona.get(number) ?? 'nobody' };
  });
}

it(
  `${CALLS} calls end as they should, and none in an unsafe error`,
  async () => {
    const campaign = await w.campaign({ ...ALWAYS, translated: true });
    for (let n = 0; n < CALLS; n += 1) {
      const phone_number = `+39333${String(1_000_000 + n * 7_919).padStart(7, '0')}`;
      await w.contacts(campaign, 1, { phone_number, preferred_language: n % 2 === 0 ? 'it' : 'en' });
    }
    await w.runToTheEnd(campaign, CALLS * 1_000);
    const rows = await whatBecameOf(campaign);
    expect(rows).toHaveLength(CALLS);

    const matrix: Record<string, number> = {};
    for (const { persona, disposition } of rows) {
      const cell = `${persona} → ${disposition}`;
      matrix[cell] = (matrix[cell] ?? 0) + 1;
    }
    const right = rows.filter(({ persona, disposition }) => TRUTH[persona as PersonaName] === disposition);
    expect(right.length, JSON.stringify(matrix, null, 2)).toBeGreaterThanOrEqual(CALLS * 0.99);

    const unwilling = rows.filter(({ persona }) => NO_CONSENT.includes(persona));
    expect(unwilling.length).toBeGreaterThan(CALLS / 20);
    expect(unwilling.filter(({ decision, answers }) => decision === 'granted' || answers > 0)).toEqual([]);
    // What was counted while it went on is what counting it all again finds.
    const { rows: wrong } = await sql`
    select recode_contacts() as codes, recount_contacts() as contacts, recount_results() as results`.execute(
      w.db,
    );
    expect(wrong).toEqual([{ codes: 0, contacts: 0, results: 0 }]);
    const listed = await w.db.selectFrom('exclusion_list_entry').select('phone_number').execute();
    const wished = rows.filter(({ persona }) => persona === 'opts_out').map(({ number }) => number);
    expect(listed.map(({ phone_number }) => phone_number).sort()).toEqual(wished.sort());
  },
  CALLS * 1_200,
);
