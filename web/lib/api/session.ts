import { queryOptions, useQuery } from '@tanstack/react-query';
import { client } from './client.ts';
import type { Me } from './model.ts';
import { asProblem } from './problem.ts';

const SIGN_OUT = 'session-ended';

/** Who is signed in; null when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async (): Promise<Me | null> => {
    try {
      const { data } = await client.GET('/api/auth/me');
      return data ?? null;
    } catch (error) {
      if (asProblem(error).status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

/** Who is signed in, as a hook. */
export function useMe() {
  return useQuery(meQuery);
}

/** The address that starts the sign-in and ends at `path`. */
export function signInHref(path: string): string {
  return `/api/auth/login?return_to=${encodeURIComponent(path)}`;
}

/** Tells the page when an answer was refused for want of a session. */
export function announceIfSignedOut(error: unknown): void {
  if (asProblem(error).status === 401) window.dispatchEvent(new Event(SIGN_OUT));
}

/** Calls back when the session has ended under an open page; answers the way to stop listening. */
export function onSessionEnded(listener: () => void): () => void {
  window.addEventListener(SIGN_OUT, listener);
  return () => window.removeEventListener(SIGN_OUT, listener);
}
