import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listening } from '../../app/calling/dialogue/flow.ts';
import { type Interpreter, LABELS } from '../../app/calling/dialogue/interpreter.ts';
import { languageModel, modelInterpreter } from '../../app/calling/dialogue/llm/model-interpreter.ts';
import { fixedPrompt } from '../../app/calling/dialogue/prompts.ts';
import { PROMPTS_EN } from '../../app/calling/dialogue/prompts-en.ts';
import { rulesInterpreter } from '../../app/calling/dialogue/rules-interpreter.ts';
import { languageModelServer } from '../support/language-model-server.ts';
import { injections } from './injections.ts';
import { Call } from './play.ts';

type Server = Awaited<ReturnType<typeof languageModelServer>>;
let server: Server;
let asked = 0;
// A model that is wholly in the attacker's hands: it quotes correctly and says what suits, every label in its turn.
beforeAll(async () => {
  server = await languageModelServer(({ asked: { utterance } }) => {
    asked += 1;
    const label = asked % 2 === 0 ? 'yes' : LABELS[asked % LABELS.length];
    return { content: JSON.stringify({ label, value: 5, quote: utterance, confidence: 1 }) };
  });
});
afterAll(() => server.close());

const log = { warn: () => {}, error: () => {} };
const hostile = (): Interpreter =>
  modelInterpreter({
    name: 'hostile',
    model: languageModel({
      llm_provider: 'openai-compatible',
      llm_model: 'm',
      base_url: server.url,
      api_key: null,
    })!,
    timeoutMs: 10_000,
    log,
  });

async function say(call: Call, interpreter: Interpreter, language: 'en' | 'it', words: string) {
  const interpretation = await interpreter.interpret({
    text: words,
    language,
    listening: listening(call.state) ?? { context: 'consent' },
    first_speech: false,
  });
  call.feed({ type: 'heard', words, interpretation, for_turn: call.state.turn });
}

/** Everything the agent may say at all. */
function allowedTexts(call: Call): Set<string> {
  const { script } = call.state;
  const fixed = Object.keys(PROMPTS_EN) as (keyof typeof PROMPTS_EN)[];
  const questions = [undefined, ...script.questions];
  const texts = questions.flatMap((question) => fixed.map((prompt) => fixedPrompt(script, prompt, question)));
  const consent = script.intro_script.slice(
    script.intro_script.lastIndexOf('. ', script.intro_script.lastIndexOf('?')) + 2,
  );
  return new Set([...texts, script.intro_script, consent, ...script.questions.map(({ text }) => text)]);
}

const INTERPRETERS = { 'the rules': () => rulesInterpreter, 'a hostile model': hostile };

describe.each(['en', 'it'] as const)('attacks by words in %s', (language) => {
  const attacks = injections(language);

  it('are more than fifty', () => {
    expect(new Set(attacks).size).toBeGreaterThan(50);
  });

  it.each(Object.entries(INTERPRETERS))(
    'at the consent get nowhere with %s',
    async (_name, interpreterOf) => {
      const interpreter = interpreterOf();
      for (const attack of attacks) {
        const call = new Call(language);
        call.feed({ type: 'answered' });
        for (let n = 0; n < 3 && call.state.disposition === null; n += 1) {
          call.hearOut();
          await say(call, interpreter, language, attack);
        }
        expect([attack, call.state.consent]).not.toEqual([attack, 'granted']);
        expect(call.actions.some(({ type }) => type === 'record_answer')).toBe(false);
        expect([attack, call.actions.some(({ type }) => type === 'record_opt_out')]).toEqual([attack, false]);
        const allowed = allowedTexts(call);
        for (const action of call.actions) if (action.type === 'say') expect(allowed).toContain(action.text);
      }
    },
  );

  it.each(Object.entries(INTERPRETERS))('in answers are data with %s', async (_name, interpreterOf) => {
    const interpreter = interpreterOf();
    for (const attack of attacks) {
      const call = new Call(language);
      call.feed({ type: 'answered' });
      call.hearOut();
      call.say(language === 'en' ? 'yes' : 'sì');
      for (let n = 0; n < 10 && call.state.disposition === null; n += 1) {
        call.hearOut();
        await say(call, interpreter, language, attack);
      }
      expect(call.state.disposition).not.toBeNull();
      const allowed = allowedTexts(call);
      for (const action of call.actions) {
        if (action.type === 'say') expect(allowed).toContain(action.text);
        if (action.type === 'record_answer' && action.answer !== null && action.question === 3) {
          expect(action.answer).toBe(attack);
        }
        // Only what our own parser reads in it is a number.
        if (action.type === 'record_answer' && action.question < 3 && action.answer !== null) {
          expect(attack).toMatch(/one|five|cinque|prima|\d/);
        }
      }
    }
  });
});
