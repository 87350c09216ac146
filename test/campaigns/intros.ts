import type { IntroCheck } from '../../app/campaigns/readiness/check-intro.ts';

/** For whom these call; the rule looks for the name as the campaign has it. */
export const ORGANIZATION = { en: 'Northfield City Library', it: 'Biblioteca di Borgonuovo' } as const;
export type Intro = { language: 'en' | 'it'; text: string };
export type LackingIntro = Intro & { lacks: IntroCheck };

const en = (text: string): Intro => ({ language: 'en', text });
const it = (text: string): Intro => ({ language: 'it', text });
const lacking = (lacks: IntroCheck, ...intros: Intro[]): LackingIntro[] =>
  intros.map((intro) => ({ ...intro, lacks }));

/** Each lacks one element and only that one. */
export const LACKING_INTROS: LackingIntro[] = [
  ...lacking(
    'organization',
    en(
      'Hello, this is an AI assistant. We have three questions about our service, two minutes. You can stop at any time. Do you agree to take part?',
    ),
    en(
      'Hello, this is an AI assistant of the Northfield Library. We are running a survey, two minutes. You can stop at any time. Do you agree to take part?',
    ),
    en(
      'Hi, an AI is calling you for the city. It is about your last visit: questions about the staff, three minutes. Hang up whenever you like. May we start?',
    ),
    it(
      'Buongiorno, sono un assistente virtuale. Facciamo un sondaggio di due minuti. Può interrompere quando vuole. Accetta di partecipare?',
    ),
    it(
      'Buongiorno, sono un robot della biblioteca comunale. È un questionario di tre minuti. Può riagganciare quando vuole. Vuole partecipare?',
    ),
    it(
      "Salve, chiamo con l'intelligenza artificiale per la Biblioteca. Tre domande sul servizio, due minuti. Può fermarsi sempre. È d'accordo?",
    ),
  ),
  ...lacking(
    'ai_statement',
    en(
      'Hello, my name is Anna and I am calling on behalf of Northfield City Library. We have three questions about our service, two minutes. You can stop at any time. Do you agree to take part?',
    ),
    en(
      'Hello, I am not a robot, I am calling for Northfield City Library. It is a short survey, two minutes. You can stop at any time. Do you agree to take part?',
    ),
    en(
      'Hello, this is Northfield City Library. You are not talking to an AI. We want your feedback; it takes a few minutes. Hang up whenever you like. Would you like to take part?',
    ),
    en(
      'Hello, this is an automated call from Northfield City Library. It is about your experience with us, three minutes. You can stop at any time. Do you agree to take part?',
    ),
    it(
      'Buongiorno, mi chiamo Anna e chiamo per la Biblioteca di Borgonuovo. È un sondaggio di due minuti. Può interrompere quando vuole. Accetta di partecipare?',
    ),
    it(
      'Buongiorno, non sono un robot e chiamo per la Biblioteca di Borgonuovo. È un sondaggio di due minuti. Può interrompere quando vuole. Accetta di partecipare?',
    ),
    it(
      'Buongiorno, qui la Biblioteca di Borgonuovo, non sta parlando con un assistente virtuale. Tre domande sul servizio, due minuti. Può riagganciare. Vuole partecipare?',
    ),
  ),
  ...lacking(
    'purpose',
    en(
      'Hello, this is an AI assistant of Northfield City Library. It takes two minutes. You can stop at any time. Do you agree to take part?',
    ),
    en(
      'Hello, this is an AI assistant of Northfield City Library. I have three questions, two minutes. You can stop at any time. Do you agree to take part?',
    ),
    en(
      'Hello, this is an AI assistant of Northfield City Library. It takes two minutes. You can stop at any time. Do you agree to take part in this survey?',
    ),
    it(
      'Buongiorno, sono un assistente virtuale della Biblioteca di Borgonuovo. Ci vogliono due minuti. Può interrompere quando vuole. Accetta di partecipare?',
    ),
    it(
      'Buongiorno, sono un assistente virtuale della Biblioteca di Borgonuovo. Ho tre domande, due minuti. Può interrompere quando vuole. Accetta di partecipare?',
    ),
    en(
      'Hello, this is an AI assistant of Northfield City Library. It takes two minutes. You can stop at any time. Do you agree to take part in the survey of Northfield City Library?',
    ),
    en(
      'Hello, this is an AI assistant of Northfield City Library. Three questions with short answers, two minutes. You can stop at any time. Do you agree to take part?',
    ),
    it(
      'Buongiorno, sono un assistente virtuale. Le faccio tre domande di pochi secondi. Può interrompere quando vuole. Accetta di partecipare al sondaggio della Biblioteca di Borgonuovo?',
    ),
    it(
      'Buongiorno, sono un assistente virtuale della Biblioteca di Borgonuovo. Ci vogliono due minuti. Può interrompere quando vuole. Accetta di partecipare al sondaggio?',
    ),
  ),
  ...lacking(
    'duration',
    en(
      'Hello, this is an AI assistant of Northfield City Library. We have three short questions about our service. You can stop at any time. Do you agree to take part?',
    ),
    en(
      'Hello, this is an AI assistant of Northfield City Library, calling for a second time about our survey. It is quick. You can stop at any time. Do you agree to take part?',
    ),
    en(
      'Hi, I am an AI calling for Northfield City Library about your feedback. It will not take long. Hang up whenever you like. Shall we start?',
    ),
    it(
      'Buongiorno, sono un assistente virtuale della Biblioteca di Borgonuovo. Facciamo un breve sondaggio. Può interrompere quando vuole. Accetta di partecipare?',
    ),
    it(
      'Buongiorno, sono un assistente virtuale della Biblioteca di Borgonuovo. Facciamo un sondaggio, ci vuole poco tempo. Può interrompere quando vuole. Accetta di partecipare?',
    ),
    it(
      "Salve, un'IA chiama per la Biblioteca di Borgonuovo. Tre domande sul servizio, in un attimo. Può riagganciare quando vuole. È d'accordo?",
    ),
  ),
  ...lacking(
    'how_to_stop',
    en(
      'Hello, this is an AI assistant of Northfield City Library. We have three questions about our service, two minutes. Do you agree to take part?',
    ),
    en(
      'Hello, this is an AI assistant of Northfield City Library. It is a survey of two minutes. Please do not hang up. Do you agree to take part?',
    ),
    en(
      'Hello, this is an AI assistant of Northfield City Library. It is a survey of two minutes; you cannot interrupt it. Do you agree to take part?',
    ),
    it(
      'Buongiorno, sono un assistente virtuale della Biblioteca di Borgonuovo. È un sondaggio di due minuti. Accetta di partecipare?',
    ),
    it(
      'Buongiorno, sono un assistente virtuale della Biblioteca di Borgonuovo. È un sondaggio di due minuti. Per favore non riagganci. Accetta di partecipare?',
    ),
    it(
      'Buongiorno, sono un assistente virtuale della Biblioteca di Borgonuovo. È un sondaggio di due minuti e non si può interrompere. Accetta di partecipare?',
    ),
  ),
  ...lacking(
    'consent_question',
    en(
      'Hello, this is an AI assistant of Northfield City Library. We have three questions about our service, two minutes. You can stop at any time. Let us begin.',
    ),
    en(
      'Hello, this is an AI assistant of Northfield City Library. It is a survey of two minutes. You can stop at any time. When would you like to take part?',
    ),
    en(
      'Hello, this is an AI assistant of Northfield City Library. It is a survey of two minutes. You can stop at any time. Do you agree to take part? Thank you for your time.',
    ),
    en(
      'Hello, this is an AI assistant of Northfield City Library. It is a survey of two minutes. You can stop at any time. Do you know our new building?',
    ),
    en(
      'Hello, this is an AI assistant of Northfield City Library. Do you agree to take part in our survey of two minutes? You can stop at any time.',
    ),
    it(
      'Buongiorno, sono un assistente virtuale della Biblioteca di Borgonuovo. È un sondaggio di due minuti. Può interrompere quando vuole. Cominciamo.',
    ),
    it(
      'Buongiorno, sono un assistente virtuale della Biblioteca di Borgonuovo. È un sondaggio di due minuti. Può interrompere quando vuole. Quando vuole partecipare?',
    ),
    it(
      'Buongiorno, sono un assistente virtuale della Biblioteca di Borgonuovo. È un sondaggio di due minuti. Può interrompere quando vuole. Accetta di partecipare? Grazie del suo tempo.',
    ),
    it(
      'Buongiorno, sono un assistente virtuale della Biblioteca di Borgonuovo. È un sondaggio di due minuti. Può interrompere quando vuole. Ha due minuti?',
    ),
  ),
  ...lacking(
    'plain_yes',
    en(
      'Hello, this is an AI assistant of Northfield City Library. It is a survey of two minutes. You can stop at any time. Do you mind if I ask you three questions?',
    ),
    en(
      'Hello, this is an AI assistant of Northfield City Library. It is a survey of two minutes. You can stop at any time. Would you mind taking part?',
    ),
    en(
      'Hello, this is an AI assistant of Northfield City Library. It is a survey of two minutes. You can stop at any time. Do you object to taking part?',
    ),
    en(
      'Hello, this is an AI assistant of Northfield City Library. It is a survey of two minutes. You can stop at any time. Do you agree, or would you rather not?',
    ),
    it(
      'Buongiorno, sono un assistente virtuale della Biblioteca di Borgonuovo. È un sondaggio di due minuti. Può interrompere quando vuole. Le dispiace partecipare?',
    ),
    it(
      'Buongiorno, sono un assistente virtuale della Biblioteca di Borgonuovo. È un sondaggio di due minuti. Può interrompere quando vuole. Ha qualcosa in contrario se iniziamo?',
    ),
    it(
      'Buongiorno, sono un assistente virtuale della Biblioteca di Borgonuovo. È un sondaggio di due minuti. Può interrompere quando vuole. La disturbo se iniziamo?',
    ),
  ),
];
