import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { CallOutcome } from './model.ts';

/** Where a call stands, as the stream tells it. */
export type CallChange = {
  call_id: string;
  contact_id: string;
  provider_status: string | null;
  step: string;
  outcome: CallOutcome | null;
};
/** The latest word about a call, and when it was heard. */
export type HeardCall = CallChange & { heard_at: string };

const MOST_CALLS = 30;

/**
 * Hears what moves in a campaign while the tab is looked at: the figures go where `useStats` finds them, the calls are
 * answered, the latest first. `isLive` is false where no stream can be had: then the figures are polled.
 */
export function useCampaignStream(id: string, wanted: boolean): { calls: HeardCall[]; isLive: boolean } {
  const queries = useQueryClient();
  const isVisible = useVisible();
  const [calls, setCalls] = useState<HeardCall[]>([]);
  const [isLive, setLive] = useState(false);
  useEffect(() => {
    if (!wanted || !isVisible) return;
    const stream = new EventSource(`/api/campaigns/${id}/stream`);
    stream.addEventListener('open', () => setLive(true));
    stream.addEventListener('error', () => setLive(false));
    stream.addEventListener('stats', ({ data }: MessageEvent<string>) => {
      queries.setQueryData(
        ['get', '/api/campaigns/{id}/stats', { params: { path: { id } } }],
        JSON.parse(data),
      );
    });
    stream.addEventListener('call', ({ data }: MessageEvent<string>) => {
      const heard = { ...(JSON.parse(data) as CallChange), heard_at: new Date().toISOString() };
      setCalls((before) => withCall(before, heard));
    });
    return () => {
      stream.close();
      setLive(false);
    };
  }, [id, wanted, isVisible, queries]);
  return { calls, isLive };
}

/** A call that is known keeps one line, which moves to the top when there is news of it. */
export function withCall(calls: readonly HeardCall[], heard: HeardCall): HeardCall[] {
  const others = calls.filter(({ call_id }) => call_id !== heard.call_id);
  return [heard, ...others].slice(0, MOST_CALLS);
}

function useVisible(): boolean {
  const [isVisible, setVisible] = useState(() => document.visibilityState === 'visible');
  useEffect(() => {
    const note = () => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', note);
    return () => document.removeEventListener('visibilitychange', note);
  }, []);
  return isVisible;
}
