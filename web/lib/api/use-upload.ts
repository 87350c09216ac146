import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from './client.ts';
import { type Delimiter, newImportId, uploadContacts } from './upload-contacts.ts';

type Choice = {
  file: File;
  delimiter: Delimiter;
  default_country: string | null;
  mapping?: Record<string, string>;
};
const ROWS_MS = 1_000;

/** An upload with its progress: first the share of bytes sent (0–1), then the rows the server has read. */
export function useUpload(campaign_id: string) {
  const queries = useQueryClient();
  const [sent, setSent] = useState(0);
  const upload = useMutation({
    mutationFn: (choice: Choice & { import_id: string }) =>
      uploadContacts({ campaign_id, ...choice, onSent: setSent }),
    onSettled: () => queries.invalidateQueries(),
  });
  const import_id = upload.variables?.import_id ?? '';
  const [isSlow, setSlow] = useState(false);
  const progress = api.useQuery(
    'get',
    '/api/imports/{import_id}',
    { params: { path: { import_id } } },
    { enabled: upload.isPending && isSlow, refetchInterval: ROWS_MS, retry: false },
  );
  return {
    isRunning: upload.isPending,
    file_name: upload.variables?.file.name ?? '',
    sent,
    rows: progress.data?.rows ?? null,
    report: upload.data ?? null,
    error: upload.error,
    /** What was sent last, to be sent once more with another mapping. */
    file: upload.variables?.file ?? null,
    start: (choice: Choice) => {
      setSent(0);
      setSlow(false);
      // A small file is done before anybody could read a count.
      const timer = setTimeout(() => setSlow(true), ROWS_MS);
      upload.mutate({ ...choice, import_id: newImportId() }, { onSettled: () => clearTimeout(timer) });
    },
  };
}
