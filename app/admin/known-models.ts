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
