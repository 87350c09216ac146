/** What the edge itself says to a caller, in both languages. */
const PHRASES = {
  sign_in: { en: 'Sign in to see this.', it: "Per vedere questo serve l'accesso." },
  bad_token: { en: 'The access token is not valid.', it: 'Il token di accesso non è valido.' },
  no_role: { en: 'This account has no role yet.', it: 'Questo account non ha ancora un ruolo.' },
  forbidden: { en: 'This account may not do that.', it: 'Questo account non può farlo.' },
  disabled: { en: 'This account is disabled.', it: 'Questo account è disabilitato.' },
  cross_site: {
    en: 'The request did not come from the console.',
    it: 'La richiesta non proviene dalla console.',
  },
  not_found: { en: 'There is nothing at this address.', it: 'A questo indirizzo non c’è nulla.' },
  malformed: { en: 'The request could not be read.', it: 'La richiesta non è leggibile.' },
  invalid: { en: 'Some fields are not valid.', it: 'Alcuni campi non sono validi.' },
  too_large: { en: 'The request is too large.', it: 'La richiesta è troppo grande.' },
  media_type: { en: 'This content type is not accepted.', it: 'Questo tipo di contenuto non è accettato.' },
  too_many: { en: 'Too many requests; try again in a moment.', it: 'Troppe richieste; riprovi tra poco.' },
  taken: { en: 'Somebody else did this already.', it: 'È già stato fatto da qualcun altro.' },
  unavailable: {
    en: 'The service cannot do this right now; try again in a moment.',
    it: 'Il servizio ora non può farlo; riprovi tra poco.',
  },
  internal: {
    en: 'Something went wrong on our side; the request id helps to find it.',
    it: "Qualcosa è andato storto da parte nostra; l'id della richiesta aiuta a trovarlo.",
  },
} as const;

export type Phrase = keyof typeof PHRASES;

export function phrase(name: Phrase, language: 'en' | 'it'): string {
  return PHRASES[name][language];
}

/** `it` where the caller prefers Italian to English, else `en`. */
export function languageOf(acceptLanguage: string | undefined): 'en' | 'it' {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', q] = part.trim().split(';q=');
      return { tag: tag.slice(0, 2).toLowerCase(), weight: q === undefined ? 1 : Number(q) || 0 };
    })
    .filter(({ tag, weight }) => (tag === 'en' || tag === 'it') && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return wanted[0]?.tag === 'it' ? 'it' : 'en';
}
