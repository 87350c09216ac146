import type { Phrases } from './phrases.ts';

export const ENGLISH: Phrases = {
  agree: [
    'Yes, sure.',
    'Yes, go ahead.',
    'Sure, go ahead.',
    'Okay, yes.',
    'Yes, I agree.',
    'Yes, that is fine.',
    'Yeah, of course.',
    'Yes, please.',
  ],
  refuse: [
    'No, thank you.',
    "No, I'm not interested.",
    "No thanks, I don't want to take part.",
    'No, sorry.',
    "I'm not interested, thank you.",
    'No, I would rather not.',
  ],
  opt_out: [
    'Please stop calling me.',
    "Don't call me again.",
    'Take me off your list and never call me again.',
    'Remove my number from your list, please.',
    'No, and do not call this number again.',
  ],
  ask_who: [
    'Who is this?',
    "Sorry, who's calling?",
    'Who am I speaking to?',
    'Where did you get my number?',
    'Am I talking to a robot?',
  ],
  ask_to_repeat: [
    'Sorry, could you repeat that?',
    'Can you say that again, please?',
    "I didn't hear you, can you repeat?",
    'Could you repeat the question?',
  ],
  mumble: ['mmh eh', 'uhm well hm', 'eh hmm well', 'uh mmh', 'well uhm eh'],
  number: ['{n}.', "I'd say {n}.", "Let's say {n}.", '{n}, I think.', 'I think {n}.'],
  opinion: [
    'The staff are friendly, but the waiting times are too long.',
    'I like it, mostly because it is easy to use.',
    'The quality is good and the price is fair.',
    'I would like to see longer opening hours.',
    'They should improve the website, it is hard to find things.',
    'Everything works well for me, I am quite happy.',
  ],
  goodbye: ['Goodbye.', 'Thanks, bye.', 'Thank you, goodbye.', 'Bye bye.'],
  voicemail: [
    "You have reached the voicemail of the person you called. I can't come to the phone right now. Please leave your name and a message after the tone.",
    'Hello, this is a voicemail box. Nobody is available to take your call. Please leave a message after the beep and we will call you back.',
  ],
};
