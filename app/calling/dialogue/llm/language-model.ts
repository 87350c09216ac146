import { createAnthropic } from '@ai-sdk/anthropic';
import { createAzure } from '@ai-sdk/azure';
import { createGoogle } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModel } from 'ai';

export type ModelChoice = {
  llm_provider: 'openai' | 'anthropic' | 'azure-openai' | 'google' | 'openai-compatible' | 'none';
  llm_model: string | null;
  base_url: string | null;
  api_key: string | null;
};

/** The model that the settings name; null when they name none or not all that it takes. */
export function languageModel({
  llm_provider,
  llm_model,
  base_url,
  api_key,
}: ModelChoice): LanguageModel | null {
  if (llm_provider === 'none' || !llm_model) return null;
  const at = base_url ? { baseURL: base_url } : {};
  if (llm_provider === 'openai-compatible') {
    // A gateway of one's own may ask for no key.
    const key = api_key ? { apiKey: api_key } : {};
    if (!base_url) return null;
    const gateway = { name: 'gateway', baseURL: base_url, supportsStructuredOutputs: true, ...key };
    return createOpenAICompatible(gateway).chatModel(llm_model);
  }
  if (!api_key) return null;
  const options = { apiKey: api_key, ...at };
  switch (llm_provider) {
    case 'openai':
      return createOpenAI(options).chat(llm_model);
    case 'anthropic':
      return createAnthropic(options)(llm_model);
    case 'google':
      return createGoogle(options)(llm_model);
    case 'azure-openai':
      // The resource is part of its address, and there is no address to guess.
      return base_url ? createAzure(options).chat(llm_model) : null;
    default:
      return llm_provider satisfies never;
  }
}
