/** What the rules know of one language; patterns match normalised text. */
export type Vocabulary = {
  voicemail: RegExp;
  opt_out: RegExp;
  /** Opt-outs only as a demand: "never call me" is one, "they never call me" tells of others. */
  opt_out_demand: RegExp;
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
  /** Phrases that say yes by themselves. */
  yes: ReadonlySet<string>;
  /** What may stand beside a yes and adds or takes nothing. No other word may: it could change what is meant. */
  filler: ReadonlySet<string>;
  /** Made of yes-words, and yet none: "that's fine, thanks" declines, "yeah, right" mocks, "yes, hello?" picks up. */
  no_plain_yes: RegExp;
  /** Negative words that agree: "no problem". */
  agreeing_negatives: RegExp;
  /** A yes anywhere, for telling mixtures apart. */
  some_yes: RegExp;
  /** "Maybe yes, maybe no". */
  doubt: RegExp;
  none: RegExp;
  /** What may come before the words that count: "um, could you …". */
  lead_in: RegExp;
  /**
   * The same wishes where an answer is expected. There only an utterance that is nothing else counts: "stop" ends the
   * survey, "stop the queues at noon" is an opinion, and an age may be the answer.
   */
  in_answers: { minor: RegExp; stop: RegExp; goodbye: RegExp; hold: RegExp; refuse_item: RegExp };
};

/**
 * A set of phrases from a text of lines and commas. `(a|b)` stands for either, `(a|)` for a or nothing, so that a way of
 * speaking is written once and not row by row.
 */
export function phrases(text: string): ReadonlySet<string> {
  const templates = text.split(/[,\n]/).map((template) => template.trim());
  return new Set(templates.flatMap(expand).filter((phrase) => phrase !== ''));
}

function expand(template: string): string[] {
  const group = /\(([^()]*)\)/.exec(template);
  if (!group) return [template.replace(/ +/g, ' ').trim()];
  const before = template.slice(0, group.index);
  const after = template.slice(group.index + group[0].length);
  return (group[1] as string).split('|').flatMap((choice) => expand(`${before}${choice}${after}`));
}

/** One pattern from alternatives, at word boundaries. */
export function anyOf(...alternatives: string[]): RegExp {
  return new RegExp(`(?:^| )(?:${alternatives.join('|')})(?= |$)`);
}
