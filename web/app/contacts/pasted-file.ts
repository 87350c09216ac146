/** What was pasted, as a file; numbers without a header are the column that must be there. */
export function pastedFile(text: string, name: string): File {
  const [first = ''] = text.trimStart().split(/\r?\n/, 1);
  const hasHeader = /\p{L}/u.test(first);
  return new File([hasHeader ? text : `phone_number\n${text}`], name, { type: 'text/csv' });
}
