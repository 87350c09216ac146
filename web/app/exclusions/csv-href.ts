/** Rows as a CSV file (RFC 4180) that a link offers for download; what a spreadsheet would run is defused. */
export function csvHref(header: string[], rows: string[][]): string {
  const lines = [header, ...rows].map((row) => row.map(cell).join(','));
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`\uFEFF${lines.join('\r\n')}\r\n`)}`;
}

function cell(text: string): string {
  const safe = /^[=\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
