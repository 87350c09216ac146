import { expect, it } from 'vitest';
import { CarrierUnderTest } from './carrier-under-test.ts';
import { surveyScript } from './small-application.ts';

const NUMBERS = Array.from({ length: 60 }, (_, index) => `+3933366${String(index * 37).padStart(5, '0')}`);

/** Calls all numbers at once and returns what became of each: how it ended and every word said. */
async function campaign(speed: number, numbers: string[]): Promise<Map<string, string[]>> {
  const carrier = await CarrierUnderTest.start({ speed });
  try {
    const scripts = new Map<unknown, ReturnType<typeof surveyScript>>();
    carrier.application.script = (session, said) => {
      const survey = scripts.get(session) ?? surveyScript();
      scripts.set(session, survey);
      return survey.script(session, said);
    };
    const calls = await Promise.all(numbers.map((number) => carrier.call(number, number)));
    await Promise.all(calls.map((call) => carrier.ended(call.sid, call.to)));
    const became = new Map<string, string[]>();
    for (const { to, fact, text, status } of await carrier.facts()) {
      became.set(to, [...(became.get(to) ?? []), `${fact} ${status} ${text ?? ''}`]);
    }
    expect(carrier.application.received.every((r) => r.valid)).toBe(true);
    return became;
  } finally {
    await carrier.stop();
  }
}

it('gives the same calls for the same seed, at another speed and in another order', async () => {
  const once = await campaign(100, NUMBERS);
  const again = await campaign(60, NUMBERS.toReversed());
  for (const number of NUMBERS) expect(again.get(number)).toEqual(once.get(number));
});
