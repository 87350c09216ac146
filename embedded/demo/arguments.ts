import { parseArgs } from 'node:util';

export type DemoOptions = { contacts: number; seed: number; speed: number; json: boolean };

export const USAGE = `usage: npm run demo -- [--contacts 200] [--seed 1] [--speed 20] [--json]

  --contacts N  how many people to call, in two campaigns (2 to 100000)
  --seed N      who they are and how they behave; the same seed gives the same result
  --speed N     how much faster than life the simulated telephone network runs (1 to 100)
  --json        the result as one JSON object, the last line of stdout; all else goes to stderr`;

/** Reads the command line; throws an Error with a readable sentence where it does not understand. */
export function readArguments(args: string[]): DemoOptions {
  const { values } = parseArgs({
    args,
    options: {
      contacts: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      speed: { type: 'string', default: '20' },
      json: { type: 'boolean', default: false },
    },
  });
  return {
    contacts: wholeNumber('contacts', values.contacts, 2, 100_000),
    seed: wholeNumber('seed', values.seed, 0, 2 ** 31 - 1),
    speed: wholeNumber('speed', values.speed, 1, 100),
    json: values.json,
  };
}

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new Error(`--${name} takes a whole number from ${min} to ${max}, not "${text}"`);
  }
  return value;
}
