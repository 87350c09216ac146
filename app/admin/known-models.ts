import type { Settings } from './settings.ts';

// How each vendor names the models that can hold a conversation. Behind an address of one's own anything may answer.
const FAMILIES: Partial<Record<Settings['llm_provider'], RegExp>> = {
  openai: /^(gpt-|chatgpt-|o\d)[\w.:-]*$/,
  anthropic: /^claude-[\w.:@-]+$/,
  google: /^(gemini|gemma)-[\w.:-]+$/,
};

/** True where the provider has such a model, as far as its name tells; an own deployment or gateway may have any. */
export function isKnownModel(
  settings: Pick<Settings, 'llm_provider' | 'llm_model' | 'llm_base_url'>,
): boolean {
  const { llm_provider, llm_model, llm_base_url } = settings;
  if (llm_model === null || llm_base_url !== null) return true;
  return FAMILIES[llm_provider]?.test(llm_model) ?? true;
}

type Vendor = {
  llm_provider: Settings['llm_provider'];
  needs_api_key: boolean;
  needs_base_url: boolean;
  /** How the vendor writes the name of a model; which ones there are, only its own list can say. */
  model_example: string | null;
};

/** The vendors of models, each with what a connection to it needs; `none` is the built-in interpreter. */
export const LLM_VENDORS: Vendor[] = [
  { llm_provider: 'none', needs_api_key: false, needs_base_url: false, model_example: null },
  { llm_provider: 'openai', needs_api_key: true, needs_base_url: false, model_example: 'gpt-4.1-mini' },
  {
    llm_provider: 'anthropic',
    needs_api_key: true,
    needs_base_url: false,
    model_example: 'claude-haiku-4-5',
  },
  { llm_provider: 'google', needs_api_key: true, needs_base_url: false, model_example: 'gemini-2.5-flash' },
  { llm_provider: 'azure-openai', needs_api_key: true, needs_base_url: true, model_example: null },
  { llm_provider: 'openai-compatible', needs_api_key: false, needs_base_url: true, model_example: null },
];
