// The words of the contract under the names that the pages use.
import type { components } from './schema.gen';

type Schemas = components['schemas'];

export type Asset = Schemas['AssetView'];
export type AssetPage = Schemas['AssetPage'];
export type CreateBody = Schemas['CreateRequest'];
export type Estimate = Schemas['EstimateAnswer'];
export type Job = Schemas['JobView'];
export type Session = Pick<Schemas['AccountView'], 'user' | 'workspace' | 'role'>;
export type Persona = Schemas['PersonaView'];
export type PersonaBody = Schemas['PersonaForm'];
export type Template = Schemas['TemplateView'];

/** What a page needs of a picture to show it, wherever it was told of. */
export interface Picture {
  id: string;
  url: string;
  thumbnail_url: string | null;
  /** In pixels. */
  width: number;
  height: number;
  thumbhash: string | null;
}

export interface FieldProblem {
  pointer: string;
  detail: string;
}

/** A problem of RFC 9457 with the studio's own members. */
export interface Problem {
  title?: string;
  status?: number;
  detail?: string;
  code?: string;
  request_id?: string;
  errors?: FieldProblem[];
  /** In seconds. */
  retry_after?: number;
}
