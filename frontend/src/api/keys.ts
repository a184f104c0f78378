// The names under which answers are cached. A page that changes something invalidates by these.
import type { CreateBody, EditBody } from './types';

export const keys = {
  session: ['session'] as const,
  signIn: ['sign-in'] as const,
  providers: ['providers'] as const,
  templates: ['templates'] as const,
  estimate: (body: CreateBody) => ['estimate', body] as const,
  personas: ['personas'] as const,
  quote: (request: object | null) => ['quote', request] as const,
  editOperations: ['edit', 'operations'] as const,
  editEstimate: (body: EditBody, complete: boolean) => ['edit', 'estimate', body, complete] as const,
  lineage: (id: string) => ['assets', 'line', id] as const,
  control: ['control'] as const,
  guide: (picture: string, kind: string, strength: number) => ['guide', picture, kind, strength] as const,
  proxy: (id: string) => ['proxy', id] as const,
  platforms: ['social', 'platforms'] as const,
  exportSets: ['social', 'sets'] as const,
  formats: (platform: string) => ['social', 'formats', platform] as const,
  jobs: ['jobs'] as const,
  run: (id: string) => ['run', id] as const,
  assets: ['assets'] as const,
  assetPages: (filter: { search: string; favorites: boolean }) => ['assets', 'pages', filter] as const,
  asset: (id: string) => ['assets', 'one', id] as const,
};
