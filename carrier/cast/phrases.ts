/** What the cast can say in one language. `{n}` stands for a number. */
export interface Phrases {
  agree: readonly string[];
  refuse: readonly string[];
  opt_out: readonly string[];
  ask_who: readonly string[];
  ask_to_repeat: readonly string[];
  mumble: readonly string[];
  number: readonly string[];
  opinion: readonly string[];
  goodbye: readonly string[];
  voicemail: readonly string[];
}
