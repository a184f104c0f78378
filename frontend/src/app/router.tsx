import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouterHistory,
} from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { base } from '~/api/base';
import { learnParts } from './i18n';
import { ImageStudioLayout } from '~/components/ImageStudio/ImageStudioLayout';
import { useToasts } from '~/features/toasts/store';
import { librarySearch } from '~/features/library/search';
import { NotFound, Trouble } from './Trouble';

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

// Nothing is said before something happened; then it stays, so that what is said next is heard.
const Toasts = lazyRouteComponent(() => import('~/components/ImageStudio/ui/Toasts'), 'Toasts');

function Said() {
  const [begun, setBegun] = useState(false);
  const any = useToasts().length > 0;
  if (any && !begun) setBegun(true);
  return <Suspense>{begun && <Toasts />}</Suspense>;
}

const root = createRootRoute({
  component: () => (
    <>
      <Outlet />
      <Said />
    </>
  ),
  notFoundComponent: NotFound,
  errorComponent: Trouble,
});

/** The picture that is edited, the operation, the last picture of the strip, and the job whose result is looked at. */
type EditWord = 'asset' | 'op' | 'head' | 'job';

/** The job whose pictures are looked at; a template and words to begin with, or a job whose settings are wanted again. */
type CreateWord = 'job' | 'template' | 'prompt' | 'again';

type DoorWord = 'token' | 'to' | 'problem' | 'reason';

const signin = createRoute({
  getParentRoute: () => root,
  path: '/signin',
  validateSearch: ({ token, to, problem, reason }: Record<string, unknown>): Partial<Record<DoorWord, string | undefined>> => ({
    token: text(token),
    to: text(to),
    problem: text(problem),
    reason: text(reason),
  }),
  component: lazyRouteComponent(() => import('~/components/ImageStudio/SignIn'), 'SignIn'),
});

const studio = createRoute({ getParentRoute: () => root, id: 'studio', component: ImageStudioLayout });

const home = createRoute({
  getParentRoute: () => studio,
  path: '/',
  component: lazyRouteComponent(() => import('~/components/ImageStudio/ImageStudioDashboard'), 'ImageStudioDashboard'),
});

const create = createRoute({
  getParentRoute: () => studio,
  path: '/create',
  validateSearch: ({ job, template, prompt, again }: Record<string, unknown>): Partial<Record<CreateWord, string | undefined>> => ({
    job: text(job),
    template: text(template),
    prompt: text(prompt),
    again: text(again),
  }),
  component: lazyRouteComponent(() => import('~/components/ImageStudio/CreateStudio'), 'CreateStudio'),
});

const edit = createRoute({
  getParentRoute: () => studio,
  path: '/edit',
  validateSearch: ({ asset, op, head, job }: Record<string, unknown>): Partial<Record<EditWord, string | undefined>> => ({
    asset: text(asset),
    op: text(op),
    head: text(head),
    job: text(job),
  }),
  component: lazyRouteComponent(() => import('~/components/ImageStudio/EditStudio'), 'EditStudio'),
});

const library = createRoute({
  getParentRoute: () => studio,
  path: '/library',
  validateSearch: librarySearch,
  component: lazyRouteComponent(() => import('~/components/ImageStudio/AssetLibrary'), 'AssetLibrary'),
});

/** A studio's picture and its job. */
const ofPicture = ({ asset, job }: Record<string, unknown>): { asset?: string | undefined; job?: string | undefined } => ({
  asset: text(asset),
  job: text(job),
});

const upscale = createRoute({
  getParentRoute: () => studio,
  path: '/upscale',
  validateSearch: ofPicture,
  component: lazyRouteComponent(() => import('~/components/ImageStudio/UpscaleStudio'), 'UpscaleStudio'),
});

const social = createRoute({
  getParentRoute: () => studio,
  path: '/social',
  validateSearch: ofPicture,
  component: lazyRouteComponent(() => import('~/components/ImageStudio/SocialOptimizer'), 'SocialOptimizer'),
});

const control = createRoute({
  getParentRoute: () => studio,
  path: '/control',
  validateSearch: (search: Record<string, unknown>): ReturnType<typeof ofPicture> & { op?: string | undefined } => ({
    ...ofPicture(search),
    op: text(search['op']),
  }),
  component: lazyRouteComponent(() => import('~/components/ImageStudio/ControlStudio'), 'ControlStudio'),
});

const compare = createRoute({
  getParentRoute: () => studio,
  path: '/compare',
  validateSearch: ({ ids }: Record<string, unknown>): { ids?: string | undefined } => ({ ids: text(ids) }),
  component: lazyRouteComponent(() => import('~/components/ImageStudio/CompareView'), 'CompareView'),
});

const personas = createRoute({
  getParentRoute: () => studio,
  path: '/personas',
  component: lazyRouteComponent(() => import('~/components/ImageStudio/PersonasPage'), 'PersonasPage'),
});

const costs = createRoute({
  getParentRoute: () => studio,
  path: '/costs',
  validateSearch: ({ period }: Record<string, unknown>): { period?: string | undefined } => ({ period: text(period) }),
  component: lazyRouteComponent(() => import('~/components/ImageStudio/CostsPage'), 'CostsPage'),
});

const settings = createRoute({
  getParentRoute: () => studio,
  path: '/settings',
  validateSearch: ({ part }: Record<string, unknown>): { part?: string | undefined } => ({ part: text(part) }),
  component: lazyRouteComponent(() => import('~/components/ImageStudio/SettingsPage'), 'SettingsPage'),
});

/** Named by nothing; whoever knows of it sees every part. */
const devUi = createRoute({
  getParentRoute: () => studio,
  path: '/dev/ui',
  beforeLoad: learnParts,
  component: lazyRouteComponent(() => import('~/components/ImageStudio/dev/DevUi'), 'DevUi'),
});

const routeTree = root.addChildren([signin, studio.addChildren([home, create, edit, upscale, social, control, library, compare, personas, costs, settings, devUi])]);

const parseSearch = (search: string) => Object.fromEntries(new URLSearchParams(search));

function stringifySearch(search: Record<string, unknown>): string {
  const given = Object.entries(search).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
  return given.length > 0 ? `?${new URLSearchParams(given).toString()}` : '';
}

/** Search parameters are plain strings: the default reading would turn a token of digits into a number. */
export const createStudioRouter = (history?: RouterHistory) =>
  createRouter({
    routeTree,
    basepath: base || '/',
    ...(history && { history }),
    defaultPreload: 'intent',
    parseSearch,
    stringifySearch,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createStudioRouter>;
  }
}
