// Who is signed in, and how they come in and leave.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, signedOut, unwrap } from '~/api/client';
import { StudioProblem } from '~/api/errors';
import { keys } from '~/api/keys';
import type { Session } from '~/api/types';

async function readSession(signal: AbortSignal): Promise<Session | null> {
  try {
    return await unwrap(api.GET('/api/auth/session', { signal }));
  } catch (thrown) {
    if (thrown instanceof StudioProblem && thrown.status === 401) return null;
    throw thrown;
  }
}

/** The session; null when nobody is signed in. Who was, and is no more, keeps the page and signs in on top of it. */
export function useSession() {
  const client = useQueryClient();
  return useQuery({
    queryKey: keys.session,
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) => {
      const session = await readSession(signal);
      const before = client.getQueryData<Session | null>(keys.session);
      if (session || !before) return session;
      signedOut.dispatchEvent(new Event('401'));
      return before;
    },
  });
}

/** The ways in that this studio offers. */
export function useSignInOptions() {
  return useQuery({
    queryKey: keys.signIn,
    queryFn: ({ signal }) => unwrap(api.GET('/api/account/sign-in-options', { signal })),
    staleTime: Infinity,
    retry: false,
  });
}

/** A door: everything that was asked before someone came in is asked again afterwards. */
function useDoor<Input>(enter: (input: Input) => Promise<Session>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: enter,
    onSuccess: (session) => {
      client.setQueryData(keys.session, session);
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.session[0] });
    },
  });
}

/** Signs in with the one-time token of a link. */
export const useLinkSignIn = () => useDoor((token: string) => unwrap(api.POST('/api/auth/link', { body: { token } })));

/** Whoever came in meanwhile in another tab; an error while nobody did. */
export const useCameIn = () => useDoor(() => unwrap(api.GET('/api/auth/session')));

/** Signs in with e-mail and password. */
export const useSignIn = () =>
  useDoor((body: { email: string; password: string }) => unwrap(api.POST('/api/auth/login', { body })));

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.POST('/api/auth/logout')),
    onSuccess: (answer) => {
      client.clear();
      client.setQueryData(keys.session, null);
      // Another issuer would let the next person in without a question; it is asked to forget this one too.
      if (answer?.continue_at) globalThis.location.assign(answer.continue_at);
    },
  });
}
