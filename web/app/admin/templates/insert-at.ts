/** A text with another put into it, and where the cursor stands then. */
export function insertAt(text: string, position: number, piece: string): { text: string; cursor: number } {
  const at = Math.min(Math.max(position, 0), text.length);
  return { text: `${text.slice(0, at)}${piece}${text.slice(at)}`, cursor: at + piece.length };
}
