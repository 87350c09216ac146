/** Cases by the groups of the AAPOR Standard Definitions (9th edition, telephone). */
export type Cases = {
  /** complete, 1.1 */
  I: number;
  /** partial, 1.2 */
  P: number;
  /** refusal and break-off, 2.1 */
  R: number;
  /** non-contact and call-back, 2.2 */
  NC: number;
  /** other, 2.3 */
  O: number;
  /** unknown whether a household, 3.1 */
  UH: number;
  /** unknown, other, 3.2 and 3.9 */
  UO: number;
  /** not eligible, 4 */
  NE: number;
};

export const RATES = [
  ...(['RR1', 'RR2', 'RR3', 'RR4', 'RR5', 'RR6'] as const),
  ...(['COOP1', 'COOP2', 'COOP3', 'COOP4'] as const),
  ...(['REF1', 'REF2', 'REF3', 'CON1', 'CON2', 'CON3', 'e'] as const),
] as const;
export type Rates = Record<(typeof RATES)[number], number | null>;

/**
 * Response, cooperation, refusal and contact rates by the formulas of the Standard Definitions, "Calculating Outcome
 * Rates". `e`, the share of unknown cases taken to be eligible, is estimated by the known ones (proportional
 * allocation). A rate without denominator is null.
 */
export function aaporRates({ I, P, R, NC, O, UH, UO, NE }: Cases): Rates {
  const interviews = I + P;
  const eligible = interviews + R + NC + O;
  const unknown = UH + UO;
  const e = share(eligible, eligible + NE);
  const likely = eligible + (e ?? 0) * unknown;
  const contacted = interviews + R + O;
  return {
    RR1: share(I, eligible + unknown),
    RR2: share(interviews, eligible + unknown),
    RR3: share(I, likely),
    RR4: share(interviews, likely),
    RR5: share(I, eligible),
    RR6: share(interviews, eligible),
    COOP1: share(I, contacted),
    COOP2: share(interviews, contacted),
    COOP3: share(I, interviews + R),
    COOP4: share(interviews, interviews + R),
    REF1: share(R, eligible + unknown),
    REF2: share(R, likely),
    REF3: share(R, eligible),
    CON1: share(contacted, eligible + unknown),
    CON2: share(contacted, likely),
    CON3: share(contacted, eligible),
    e,
  };
}

/** Adds up cases by their disposition code: "2.12" is a refusal, "3.13" an unknown household. */
export function casesByCode(counts: Record<string, number>): Cases {
  const cases: Cases = { I: 0, P: 0, R: 0, NC: 0, O: 0, UH: 0, UO: 0, NE: 0 };
  for (const [code, count] of Object.entries(counts)) cases[groupOf(code)] += count;
  return cases;
}

const GROUPS: [prefix: string, group: keyof Cases][] = [
  ['1.1', 'I'],
  ['1.2', 'P'],
  ['2.1', 'R'],
  ['2.2', 'NC'],
  ['2.3', 'O'],
  ['3.1', 'UH'],
  ['3', 'UO'],
  ['4', 'NE'],
];

function groupOf(code: string): keyof Cases {
  const found = GROUPS.find(([prefix]) => code.startsWith(prefix));
  if (!found) throw new Error(`no AAPOR group for code ${code}`);
  return found[1];
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
