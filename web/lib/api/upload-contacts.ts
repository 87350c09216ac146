import { currentLanguage } from '../i18n/i18n.ts';
import type { ImportReport } from './model.ts';
import { Problem, readProblem } from './problem.ts';

export type Delimiter = 'auto' | 'comma' | 'semicolon' | 'tab';
export type Upload = {
  campaign_id: string;
  import_id: string;
  file: File;
  delimiter: Delimiter;
  default_country: string | null;
  /** Our column → theirs, where the names do not tell. */
  mapping?: Record<string, string> | undefined;
  /** Called with 0–1 while the bytes travel; at 1 the server reads the rows. */
  onSent(share: number): void;
};

/** Sends a contact file and answers the report; XMLHttpRequest, because fetch tells nothing of an upload's progress. */
export function uploadContacts(upload: Upload): Promise<ImportReport> {
  const query = new URLSearchParams({ delimiter: upload.delimiter, import_id: upload.import_id });
  if (upload.default_country) query.set('default_country', upload.default_country);
  const form = new FormData();
  // Before the file: the server begins to read that as soon as it comes.
  if (upload.mapping) form.set('mapping', JSON.stringify(upload.mapping));
  form.set('file', upload.file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/campaigns/${upload.campaign_id}/contacts/upload?${query}`);
    request.setRequestHeader('accept-language', currentLanguage());
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) upload.onSent(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status === 200) resolve(JSON.parse(request.responseText) as ImportReport);
      else reject(readProblem(request.status, request.responseText));
    };
    request.onerror = () => reject(new Problem({ status: 0, code: 'network.unreachable' }));
    request.send(form);
  });
}

/** A random UUID that also works on plain http, where `crypto.randomUUID` is not offered. */
export function newImportId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
