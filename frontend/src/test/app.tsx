import { createMemoryHistory } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { App } from '~/app/App';
import { createQueryClient } from '~/app/queryClient';
import { createStudioRouter } from '~/app/router';

/** The whole app at an address, with hands to use it. */
export function openApp(address: string) {
  const router = createStudioRouter(createMemoryHistory({ initialEntries: [address] }));
  const view = render(<App client={createQueryClient()} router={router} />);
  return { ...view, router, user: userEvent.setup() };
}

/** What axe finds wrong, as readable lines. Colours are measured in a real browser instead. */
export async function faults(): Promise<string[]> {
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`));
}
