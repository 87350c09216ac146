export type Instruction = { keyword: string; words: string; flags: Record<string, string> };

/** The instructions of a Dockerfile in order, continued lines joined, comments left out. */
export function readInstructions(text: string): Instruction[] {
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n');
  return lines.map((line) => {
    const [, keyword = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    const flags: Record<string, string> = {};
    // What a command is given is its own.
    if (keyword === 'RUN') return { keyword, words: rest, flags };
    const words = rest.replaceAll(/--([a-z-]+)=(\S+)\s+/g, (_all, name: string, value: string) => {
      flags[name] = value;
      return '';
    });
    return { keyword, words, flags };
  });
}
