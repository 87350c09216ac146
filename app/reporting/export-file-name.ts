/** The Content-Disposition (RFC 6266) of an export: campaign and moment, in plain letters and, beside, in its own. */
export function exportFileName(campaign: string, at: Date, format: string): string {
  const moment = at.toISOString().slice(0, 19).replaceAll(':', '');
  const plain = campaign
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '')
    .toLowerCase();
  // No file system takes these in a name, and a control character has no place in one.
  const own = campaign.replace(/[\s\p{C}/\\:*?"<>|]+/gu, ' ').trim();
  const ascii = `${plain || 'campaign'}-${moment}.${format}`;
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeExtended(`${own || 'campaign'} ${moment}.${format}`)}`;
}

/** RFC 5987: what encodeURIComponent leaves alone and a header's value may not hold. */
function encodeExtended(text: string): string {
  const code = (char: string) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text.toWellFormed()).replace(/['()*]/g, code);
}
