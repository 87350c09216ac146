import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { currentLanguage } from '../i18n/i18n.ts';
import { api, client } from './client.ts';
import type { Answer, ImportReport } from './model.ts';
import { Problem, readProblem } from './problem.ts';
import type { Delimiter } from './upload-contacts.ts';

export type Exclusion = Answer<'/api/exclusions', 'get'>['items'][number];
export type ExclusionFilter = { q?: string; page: number; page_size: number };

const LIST = ['get', '/api/exclusions'] as const;

/** A page of the numbers that are never dialled. */
export function useExclusions(query: ExclusionFilter) {
  return api.useQuery(
    'get',
    '/api/exclusions',
    { params: { query } },
    { placeholderData: (previous) => previous },
  );
}

type Added = {
  phone_number: string;
  default_country?: string;
  campaign_id: string | null;
  reason: string | null;
};

/** Puts a number on the list; `isNew` is false when it was there. */
export function useAddExclusion() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: Added) => {
      const { response } = await client.POST('/api/exclusions', { body });
      return { isNew: response.status === 201 };
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: LIST }),
  });
}

/** Takes an entry off the list; administrators only. */
export function useRemoveExclusion() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, reason }: { id: string; reason: string }) => {
      await client.DELETE('/api/exclusions/{id}', { params: { path: { id } }, body: { reason } });
    },
    // Not waited for: with the last entry the table goes, and with it who wants to hear of it.
    onSuccess: () => void queries.invalidateQueries({ queryKey: LIST }),
  });
}

type Chosen = { file: File; delimiter: Delimiter; default_country: string | null };

/** Puts a file of numbers on the list, with the share of its bytes that has been sent (0–1). */
export function useExclusionUpload() {
  const queries = useQueryClient();
  const [sent, setSent] = useState(0);
  const upload = useMutation({
    mutationFn: (given: Chosen) => send(given, setSent),
    onSettled: () => queries.invalidateQueries({ queryKey: LIST }),
  });
  return { ...upload, sent };
}

function send(
  { file, delimiter, default_country }: Chosen,
  onSent: (share: number) => void,
): Promise<ImportReport> {
  const query = new URLSearchParams({ delimiter });
  if (default_country) query.set('default_country', default_country);
  const form = new FormData();
  form.set('file', file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/exclusions/upload?${query}`);
    request.setRequestHeader('accept-language', currentLanguage());
    request.upload.onprogress = ({ loaded, total }) => onSent(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      if (request.status === 200) resolve(JSON.parse(request.responseText) as ImportReport);
      else reject(readProblem(request.status, request.responseText));
    };
    request.onerror = () => reject(new Problem({ status: 0, code: 'network.unreachable' }));
    request.send(form);
  });
}
