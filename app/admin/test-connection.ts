import { requireRole } from '../auth/require-role.ts';
import { type Actor, ADMINS } from '../auth/user.ts';
import { AppError } from '../errors.ts';
import type { EncryptionKey } from '../infra/crypto/encryption.ts';
import { askOutside } from '../infra/network/ask-outside.ts';
import { InternalAddress, outsideAddress } from '../infra/network/outside-address.ts';
import { openCredentials } from './credentials.ts';
import type { Settings } from './settings.ts';

export const SECTIONS = ['telephony', 'llm', 'email'] as const;
export type Section = (typeof SECTIONS)[number];

/** What is asked, each by who knows how. */
export type Ports = {
  settings: Settings;
  encryptionKey: EncryptionKey;
  /** Hosts inside that an operator lets us talk to. */
  allowed: readonly string[];
  telephony(): Promise<{ ok: boolean; detail?: string }>;
  mail(): Promise<void>;
};
export type Tested = { ok: boolean; code: keyof typeof TESTED };

/** What came of it, for who reads it; never anything that the other side said. */
export const TESTED = {
  connected: { en: 'The connection works.', it: 'La connessione funziona.' },
  not_needed: {
    en: 'Nothing is connected: the built-in interpreter is used.',
    it: 'Non serve alcuna connessione: si usa l’interprete incorporato.',
  },
  not_configured: { en: 'Something is missing in the settings.', it: 'Manca qualcosa nelle impostazioni.' },
  internal_address: {
    en: 'The address lies inside the own network and is not asked.',
    it: 'L’indirizzo è interno alla propria rete e non viene contattato.',
  },
  refused: { en: 'The credentials are refused.', it: 'Le credenziali sono respinte.' },
  unreachable: { en: 'There is no answer that counts.', it: 'Non c’è una risposta valida.' },
} as const;

const TIMEOUT_MS = 8_000;

/** Tries a section of the settings as they are stored, safely: no address inside, no redirection, no word of the answer. */
export async function testConnection(ports: Ports, section: Section, actor: Actor): Promise<Tested> {
  requireRole(actor, ADMINS);
  try {
    return await TESTS[section](ports);
  } catch (error) {
    if (error instanceof InternalAddress) return { ok: false, code: 'internal_address' };
    const isMissing = error instanceof AppError && error.code === 'settings.unknown_provider';
    if (isMissing) return { ok: false, code: 'not_configured' };
    return { ok: false, code: 'unreachable' };
  }
}

const TESTS: Record<Section, (ports: Ports) => Promise<Tested>> = {
  telephony: async ({ telephony }) => {
    const { ok, detail = '' } = await telephony();
    if (ok) return { ok, code: 'connected' };
    return { ok, code: /refuse/.test(detail) ? 'refused' : 'unreachable' };
  },
  llm: testModel,
  email: async ({ settings, allowed, mail }) => {
    if (settings.email_host !== null) await outsideAddress(settings.email_host, allowed);
    await mail();
    return { ok: true, code: 'connected' };
  },
};

type Address = { url: string; headers: Record<string, string> };

async function testModel({ settings, encryptionKey, allowed }: Ports): Promise<Tested> {
  if (settings.llm_provider === 'none') return { ok: true, code: 'not_needed' };
  const { api_key = null } = openCredentials(encryptionKey, settings.credentials);
  const address = addressOf(settings, api_key);
  if (address === null) return { ok: false, code: 'not_configured' };
  const status = await askOutside({ ...address, allowed, timeout_ms: TIMEOUT_MS });
  if (status === 401 || status === 403) return { ok: false, code: 'refused' };
  return status === 200 ? { ok: true, code: 'connected' } : { ok: false, code: 'unreachable' };
}

/** Each vendor's list of models: it costs nothing and proves address and key. */
function addressOf({ llm_provider, llm_base_url }: Settings, key: string | null): Address | null {
  const base = llm_base_url?.replace(/\/+$/, '') ?? null;
  const bearer: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
  switch (llm_provider) {
    case 'openai':
      return key === null ? null : { url: `${base ?? 'https://api.openai.com/v1'}/models`, headers: bearer };
    case 'openai-compatible':
      return base === null ? null : { url: `${base}/models`, headers: bearer };
    case 'anthropic':
      if (key === null) return null;
      return {
        url: `${base ?? 'https://api.anthropic.com/v1'}/models`,
        headers: { 'x-api-key': key, 'anthropic-version': '2023-06-01' },
      };
    case 'google':
      if (key === null) return null;
      return {
        url: `${base ?? 'https://generativelanguage.googleapis.com/v1beta'}/models`,
        headers: { 'x-goog-api-key': key },
      };
    case 'azure-openai':
      if (key === null || base === null) return null;
      return { url: `${base}/models?api-version=2024-10-21`, headers: { 'api-key': key } };
    case 'none':
      return null;
    default:
      return llm_provider satisfies never;
  }
}
