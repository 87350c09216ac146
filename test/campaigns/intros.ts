import type { IntroCheck } from '../../app/campaigns/readiness/check-intro.ts';

/** For whom these call; the rule looks for the name as the campaign has it. */
export const ORGANIZATION = { en: 'Northfield City Library', it: 'Biblioteca di Borgonuovo' } as const;
export type Intro = { language: 'en' | 'it'; text: string };
export type LackingIntro = Intro & { lacks: IntroCheck };

const en = (text: string): Intro => ({ language: 'en', text });
const it = (text: string): Intro => ({ language: 'it', text });
const lacking = (lacks: IntroCheck, ...intros: Intro[]): LackingIntro[] =>
  intros.map((intro) => ({ ...intro, lacks }));

/** Whole introductions, as different people would write them. */
export const GOOD_INTROS: Intro[] = [
  en(
    'Hello, this is an automated assistant using artificial intelligence, calling on behalf of Northfield City Library. We have three short questions about our service, it takes about two minutes. You can stop at any time or ask not to be called again. Do you agree to take part? Please say yes or no.',
  ),
  en(
    "Good morning! I'm an AI assistant and I'm calling for the Northfield City Library to find out how you liked your last visit. It will take less than three minutes, and you may hang up whenever you like. Would you like to take part?",
  ),
  en(
    'Hi, Northfield City Library here. You are speaking with a virtual assistant, not with a person. We would like your opinion on our new opening hours: 3 questions, 2-3 minutes. If you want to stop, just say so. May we begin?',
  ),
  en(
    'This is a digital assistant of Northfield City Library. The purpose of this call is to hear about your experience with us. It takes ninety seconds. You can end the call at any moment. Is it okay if I ask you three questions now?',
  ),
  en(
    'Hello. I am a robot calling for Northfield City Library about a survey of our members. It lasts one and a half minutes. You are free to withdraw at any time. Are you willing to answer? A simple yes or no is enough.',
  ),
  en(
    'Hello, I am an A.I. voice assistant working for NORTHFIELD CITY LIBRARY. We are doing a satisfaction survey; five minutes. You can interrupt me at any point. Do you consent to taking part?',
  ),
  en(
    'Good afternoon, you are talking to an AI. I am calling you regarding the library card that you got from Northfield City Library. Everything takes a couple of minutes, and you can opt out at any time. Can I go ahead?',
  ),
  en(
    'Hello, this is the AI interviewer of Northfield City Library. It takes two minutes and you can stop whenever you wish. Are you happy to answer three questions about your last visit?',
  ),
  it(
    "Buongiorno, sono un assistente automatico basato sull'intelligenza artificiale e chiamo per conto della Biblioteca di Borgonuovo. Abbiamo tre brevi domande sul nostro servizio, ci vogliono circa due minuti. Può interrompere in qualsiasi momento o chiedere di non essere più chiamato. Accetta di partecipare? Risponda sì oppure no, per favore.",
  ),
  it(
    'Salve, le parla un assistente virtuale della Biblioteca di Borgonuovo. Vorremmo sapere come si è trovato nella nostra sede. Bastano tre minuti e può riagganciare quando vuole. Le va di rispondere?',
  ),
  it(
    'Buonasera, qui la Biblioteca di Borgonuovo. Non sono una persona ma un assistente digitale. La chiamo per un sondaggio di due minuti; può rinunciare in ogni momento. È d’accordo?',
  ),
  it(
    "Buongiorno, sono un'IA e telefono per la Biblioteca di Borgonuovo. Stiamo svolgendo un'indagine sulla soddisfazione degli iscritti: dura un paio di minuti. Può fermarmi quando desidera. Possiamo iniziare?",
  ),
  it(
    'Buongiorno, sono un robot della Biblioteca di Borgonuovo. Lo scopo della chiamata è conoscere il suo parere sui nuovi orari. Serve un minuto e mezzo. Per smettere basta dirlo. Vuole partecipare? Sì o no?',
  ),
  it(
    "Salve, sono l'assistente vocale della biblioteca di borgonuovo. Le chiedo la sua opinione sugli eventi dell'ultimo mese, in pochi minuti. Può interrompermi sempre. Acconsente a rispondere a tre domande?",
  ),
  it(
    'Buongiorno, chiama un assistente automatico. La Biblioteca di Borgonuovo sta facendo una ricerca tra i lettori. Ci vuole meno di un quarto d’ora. Se preferisce, può terminare la telefonata in qualunque momento. È disposto a partecipare?',
  ),
  it(
    'Buongiorno, sono un assistente basato su intelligenza artificiale della Biblioteca di Borgonuovo. La telefonata dura due minuti e la può interrompere quando vuole. Posso farle tre domande sulla sua ultima visita?',
  ),
];

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
