// What the settings show and change on the server: keys, the password, and how the studio is.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import type { components } from '~/api/schema.gen';

export type ApiKey = components['schemas']['KeyView'];
export type Scope = ApiKey['scopes'][number];

export function useApiKeys() {
  return useQuery({ queryKey: keys.apiKeys, queryFn: ({ signal }) => unwrap(api.GET('/api/account/keys', { signal })), select: (list) => list.keys });
}

export function useNewKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; scopes: Scope[] }) => unwrap(api.POST('/api/account/keys', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.apiKeys }),
  });
}

export function useRevokeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.DELETE('/api/account/keys/{key_id}', { params: { path: { key_id: id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: keys.apiKeys }),
  });
}

/** Changes one's own password; the server ends every other session and opens this one anew. */
export function useNewPassword() {
  return useMutation({
    mutationFn: (body: { current_password: string | null; password: string }) => unwrap(api.PUT('/api/account/password', { body })),
  });
}

export function useHealth() {
  return useQuery({ queryKey: keys.health, queryFn: ({ signal }) => unwrap(api.GET('/api/image-studio/health', { signal })), staleTime: 0 });
}
