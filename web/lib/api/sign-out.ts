import { useMutation } from '@tanstack/react-query';
import { client } from './client.ts';

const FAREWELL = 'signed-out';

/** Ends the session here and at the identity provider, which sends the browser back. */
export function useSignOut() {
  return useMutation({
    mutationFn: async () => (await client.POST('/api/auth/logout')).data,
    onSuccess: (answer) => {
      sessionStorage.setItem(FAREWELL, 'yes');
      window.location.assign(answer?.redirect_to ?? '/sign-in');
    },
  });
}

/** True in the tab that has just signed out. */
export function hasSignedOut(): boolean {
  return sessionStorage.getItem(FAREWELL) !== null;
}

/** Forgets that this tab signed out, because it signs in again. */
export function forgetSignOut(): void {
  sessionStorage.removeItem(FAREWELL);
}
