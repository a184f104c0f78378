// The words of the contract under the names that the pages use.
import type { components, operations, paths } from './schema.gen';

type Schemas = components['schemas'];

export type Asset = Schemas['AssetView'];
export type AssetPage = Schemas['AssetPage'];
export type BulkBody = Schemas['BulkForm'];
export type BulkAnswer = Schemas['BulkAnswer'];
export type FamilyAnswer = Schemas['LineageView'];
export type Relative = Schemas['LineageNode'];
export type CompressBody = paths['/api/image-studio/compress']['post']['requestBody']['content']['application/json'];
export type ConvertBody = paths['/api/image-studio/convert']['post']['requestBody']['content']['application/json'];
export type RecodeAnswer = Schemas['RecodeAnswer'];
export type Collection = Schemas['CollectionView'];
export type CreateBody = Schemas['CreateRequest'];
export type EditBody = paths['/api/image-studio/edit']['post']['requestBody']['content']['application/json'];
export type EditOperation = Schemas['OperationView'];
export type Estimate = Schemas['EstimateAnswer'];
export type ImproveAnswer = Schemas['ImproveAnswer'];
export type Job = Schemas['JobView'];
export type Session = Pick<Schemas['AccountView'], 'user' | 'workspace' | 'role'>;
export type Persona = Schemas['PersonaView'];
export type PersonaBody = Schemas['PersonaForm'];
type JsonOf<Body> = Body extends { content: { 'application/json': infer Json } } ? Json : never;
export type UpscaleBody = JsonOf<operations['upscale_api_image_studio_upscale_post']['requestBody']>;
export type ControlBody = JsonOf<operations['process_api_image_studio_control_process_post']['requestBody']>;
export type ControlOperation = Schemas['ControlOperationView'];
export type GuideBody = JsonOf<operations['guide_api_image_studio_control_guide_post']['requestBody']>;
/** As calls answer it: fixed lists of numbers come as lists. */
export type PlatformFormat = Omit<Schemas['FormatView'], 'crops' | 'keepout'> & { crops: Record<string, number[]>; keepout: number[][] };
export type FormatsAnswer = Omit<Schemas['FormatsAnswer'], 'formats'> & { formats: PlatformFormat[] };
export type SocialBody = JsonOf<operations['optimize_api_image_studio_social_optimize_post']['requestBody']>;
/** As the call answers it: fixed lists of numbers come as lists. */
export type CropsAnswer = Omit<Schemas['CropsAnswer'], 'faces'> & { faces: number[][] | null };
export type ExportSet = Schemas['ExportSetView'];
export type ExportChoices = JsonOf<operations['add_export_set_api_image_studio_social_export_sets_post']['requestBody']>;
export type SocialResult = Schemas['SocialResult'];
export type SocialCheck = SocialResult['checks'][number];
export type Spending = Schemas['Spending'];
export type SpendingLine = Schemas['SpendingLine'];
export type PriceList = Schemas['PriceList'];
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
  /** In credits. */
  needed?: number;
  available?: number;
}
