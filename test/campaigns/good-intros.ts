import type { Intro } from './intros.ts';

const en = (text: string): Intro => ({ language: 'en', text });
const it = (text: string): Intro => ({ language: 'it', text });

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
  en(
    "Hello, I'm an AI-powered assistant calling on behalf of Northfield City Library. We're conducting a brief survey about customer satisfaction. It will take about 3 minutes. You can end the call at any time. Do you consent to participate?",
  ),
  en(
    "Hi, this is Northfield City Library's virtual agent. We are calling to ask you a few questions about your recent visit; a minute or two. You are free to leave at any time. Do you give us permission to go on?",
  ),
  en(
    'Hello, an A.I. is calling for Northfield City Library. We would love to hear your thoughts on our new branch. It lasts under five minutes. Say stop whenever you like. Could you answer our questions now? Yes or no?',
  ),
  en(
    'Good evening, this is the automated assistant of Northfield City Library. To improve our service we have three questions, half a minute each. If you would rather not go on, put the phone down. Are you ready to start?',
  ),
  en(
    "Hello, I'm not a person, I'm a chatbot of Northfield City Library. We want to know what you think of our events. Ten minutes at most. You may terminate the call at any point. Do you accept?",
  ),
  it(
    "Buongiorno, sono l'assistente AI della Biblioteca di Borgonuovo. La chiamata riguarda la sua ultima visita e durerà circa 2 minuti. Può chiudere in qualsiasi momento. Acconsente a partecipare?",
  ),
  it(
    'Salve, sono un sistema automatico basato su intelligenza artificiale, per la Biblioteca di Borgonuovo. Vorrei un suo giudizio sul servizio: un paio di minutini. Per finire dica stop. Possiamo procedere? Risponda con un sì o con un no.',
  ),
  it(
    "Buongiorno, un'IA la chiama dalla Biblioteca di Borgonuovo in merito al prestito. Le ruberemo pochi minuti, può riattaccare quando vuole. Le andrebbe di rispondere?",
  ),
  it(
    'Buonasera, parla con un chatbot della Biblioteca di Borgonuovo. Facciamo alcune domande sui problemi del quartiere, novanta secondi. È libero di interrompere. Accetta di rispondere sui problemi del quartiere?',
  ),
  it(
    "Buongiorno, sono l'assistente digitale della Biblioteca di Borgonuovo, non una persona. Cerchiamo di capire come migliorare: mezz'ora al massimo. Può ritirarsi quando desidera. Mi dà il permesso di iniziare?",
  ),
];
