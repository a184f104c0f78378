// The workspace's personas.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import type { PersonaBody } from '~/api/types';

export function usePersonas() {
  return useQuery({
    queryKey: keys.personas,
    queryFn: ({ signal }) => unwrap(api.GET('/api/image-studio/personas', { signal })),
    staleTime: 60_000,
    select: ({ personas }) => personas,
  });
}

function useChange<Input, Output>(send: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: send, onSettled: () => client.invalidateQueries({ queryKey: keys.personas }) });
}

const path = (id: string) => ({ params: { path: { persona_id: id } } });

/** Makes a persona, or changes the one of an id. */
export const useSavePersona = () =>
  useChange(({ id, body }: { id: string | undefined; body: PersonaBody }) =>
    id === undefined
      ? unwrap(api.POST('/api/image-studio/personas', { body: { ...body, style_preset: body.style_preset || null } }))
      : unwrap(api.PATCH('/api/image-studio/personas/{persona_id}', { ...path(id), body })),
  );

/** For good; pictures that were made as it stay. */
export const useRemovePersona = () =>
  useChange((id: string) => unwrap(api.DELETE('/api/image-studio/personas/{persona_id}', path(id))));
