/** What the rules know of one language; patterns match normalised text. */
export type Vocabulary = {
  voicemail: RegExp;
  opt_out: RegExp;
  /** "Don't call me tomorrow": an opt-out's words, but about a moment. */
  about_a_moment: RegExp;
  /** Words that make an opt-out of it all the same. */
  for_good: RegExp;
  wrong_person: RegExp;
  minor: RegExp;
  language_barrier: RegExp;
  callback: RegExp;
  bot: RegExp;
  who: RegExp;
  dont_know: RegExp;
  refuse_item: RegExp;
  repeat: RegExp;
  goodbye: RegExp;
  hold: RegExp;
  stop: RegExp;
  no: RegExp;
  /** Says no, whatever else is said: "not interested". */
  firm_no: RegExp;
  /** Phrases that say yes, and words that neither add nor take anything. Nothing else may stand in a yes. */
  yes: ReadonlySet<string>;
  filler: ReadonlySet<string>;
  /** Negative words that agree: "no problem". */
  agreeing_negatives: RegExp;
  /** A yes anywhere, for telling mixtures apart. */
  some_yes: RegExp;
  none: RegExp;
};

/** A set of phrases from a text of lines and commas. */
export function phrases(text: string): ReadonlySet<string> {
  return new Set(
    text
      .split(/[,\n]/)
      .map((phrase) => phrase.trim())
      .filter((phrase) => phrase !== ''),
  );
}

/** One pattern from alternatives, at word boundaries. */
export function anyOf(...alternatives: string[]): RegExp {
  return new RegExp(`(?:^| )(?:${alternatives.join('|')})(?= |$)`);
}
