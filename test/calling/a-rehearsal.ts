import { ENTERED } from '../campaigns/a-campaign.ts';
import { type Account, startApi } from '../support/api.ts';

// biome-ignore lint/suspicious/noExplicitAny: what a client of any kind would read.
export type Answer = any;

/** A second language for the campaign that every manager enters here. */
export const ITALIAN = {
  intro_script: 'Buongiorno, sono un assistente virtuale. Accetta di partecipare?',
  question_1_text: 'Da 1 a 5, quanto è soddisfatto?',
  question_2_text: 'Quante volte viene in un mese?',
  question_3_text: 'Che cosa va migliorato?',
};
const LEFT_BEHIND = [
  ...(['call_attempt', 'contact', 'exclusion_list_entry', 'consent_record', 'transcript_turn'] as const),
  ...(['survey_response', 'call_answer', 'event', 'result_count'] as const),
];

/** The real server, and rehearsals over HTTP as sentences. */
export async function rehearsalRoom() {
  const api = await startApi();
  async function ask(account: Account, method: string, path: string, body?: unknown) {
    const answer = await api.call(account, method, path, body);
    const text = await answer.text();
    return { status: answer.status, json: (text ? JSON.parse(text) : null) as Answer };
  }
  const turn = (rehearsal: Answer, body: unknown) =>
    ask('manager', 'POST', `/api/rehearsals/${rehearsal.id}/turns`, body);
  return {
    api,
    ask,
    turn,
    campaign: async (): Promise<string> =>
      (await ask('manager', 'POST', '/api/campaigns', { ...ENTERED, translations: { it: ITALIAN } })).json.id,
    begin: async (id: string, language?: 'en' | 'it'): Promise<Answer> =>
      (await ask('manager', 'POST', `/api/campaigns/${id}/rehearsals`, language ? { language } : {})).json,
    play: async (rehearsal: Answer, ...texts: string[]): Promise<Answer> => {
      let last = rehearsal;
      for (const text of texts) last = (await turn(rehearsal, { text })).json;
      return last;
    },
    /** What the checklist says of rehearsals, by language. */
    advice: async (id: string): Promise<string[]> => {
      const { checks } = (await ask('viewer', 'GET', `/api/campaigns/${id}/readiness`)).json;
      const found = checks.filter(({ code }: Answer) => code === 'rehearsal.done');
      return found.map(({ ok, level, message }: Answer) => `${level} ${message.slice(0, 4)} ${ok}`);
    },
    /** What calls, people and figures leave behind. */
    leftBehind: () =>
      Promise.all(
        LEFT_BEHIND.map(async (table) => (await api.db.selectFrom(table).selectAll().execute()).length),
      ),
  };
}
export type RehearsalRoom = Awaited<ReturnType<typeof rehearsalRoom>>;
