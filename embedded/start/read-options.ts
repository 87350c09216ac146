import { resolve } from 'node:path';
import { type Settings, settingsOf } from '../stack/settings.ts';

export type StartOptions = {
  dataDir: string;
  port: number | undefined;
  speed: number | undefined;
  seed: number | undefined;
  settings: Settings;
};

/** What the environment asks of `npm start`; throws one readable line for a value that makes no sense. */
export function readOptions(environment: NodeJS.ProcessEnv): StartOptions {
  const settings = settingsOf(environment);
  return {
    dataDir: resolve(settings.DATA_DIR ?? '.data'),
    port: readNumber('PORT', settings, (value) => Number.isInteger(value) && value > 0 && value < 65_536),
    speed: readNumber('CARRIER_SPEED', settings, (value) => value > 0),
    seed: readNumber('CARRIER_SEED', settings, Number.isInteger),
    settings,
  };
}

function readNumber(
  name: string,
  settings: Settings,
  isGood: (value: number) => boolean,
): number | undefined {
  const text = settings[name];
  if (text === undefined) return undefined;
  if (isGood(Number(text))) return Number(text);
  throw new Error(`${name} makes no sense: ${text}`);
}
