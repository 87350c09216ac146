import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';

/** Goes to the address somebody wanted, with its query, once they are signed in. */
export function useReturn(isSignedIn: boolean, return_to: string): void {
  const router = useRouter();
  useEffect(() => {
    if (isSignedIn) router.history.replace(return_to);
  }, [isSignedIn, return_to, router]);
}
