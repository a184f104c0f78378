/**
 * The server's contract, in the shape that openapi-typescript writes. `npm run gen:api` makes it anew.
 */
export interface components {
  schemas: {
    SessionUser: { id: string; name: string; email: string | null };
    SessionWorkspace: { id: string; name: string };
    Session: {
      user: components['schemas']['SessionUser'];
      workspace: components['schemas']['SessionWorkspace'];
      role: 'owner' | 'editor' | 'viewer';
    };
    FieldProblem: { pointer: string; detail: string };
    Problem: {
      type?: string;
      title?: string;
      status?: number;
      detail?: string;
      code?: string;
      request_id?: string;
      errors?: components['schemas']['FieldProblem'][];
      retry_after?: number;
    };
    AspectRatio: { ratio: string; width: number; height: number; label: string };
    Template: {
      id: string;
      name: string;
      category: string;
      platform: string | null;
      aspect_ratio: components['schemas']['AspectRatio'];
      description: string;
      recommended_provider: string;
      style_preset: string | null;
      quality: string;
      use_cases: string[];
    };
    Templates: { templates: components['schemas']['Template'][]; total: number };
    Provider: {
      name: string;
      models: string[];
      capabilities: string[];
      max_resolution: string | null;
      cost_range: string | null;
      available: boolean;
      reason?: string | null;
    };
    Providers: { providers: { [key: string]: components['schemas']['Provider'] } };
    CreateBody: {
      prompt: string;
      template_id?: string | null;
      provider?: string | null;
      model?: string | null;
      width?: number | null;
      height?: number | null;
      aspect_ratio?: string | null;
      style_preset?: string | null;
      quality?: 'draft' | 'standard' | 'premium';
      negative_prompt?: string | null;
      guidance_scale?: number | null;
      steps?: number | null;
      seed?: number | null;
      num_variations?: number;
      enhance_prompt?: boolean;
      response_format?: 'base64' | 'url';
    };
    EditBody: {
      operation: string;
      image_asset_id?: string | null;
      output_format?: 'png' | 'jpg' | 'webp';
      response_format?: 'base64' | 'url';
    };
    EstimateBody: {
      provider?: string;
      model?: string | null;
      operation?: string;
      num_images?: number;
      width?: number | null;
      height?: number | null;
      quality?: string | null;
      request?: { [key: string]: unknown } | null;
    };
    Estimate: {
      provider: string;
      model: string | null;
      operation: string;
      num_images: number;
      resolution: string | null;
      cost_per_image: number;
      total_cost: number;
      currency: string;
      estimated_cost: number;
      estimated: boolean;
      reason?: string | null;
      seconds?: number | null;
    };
    Picture: {
      id: string;
      url: string;
      thumbnail_url: string | null;
      width: number;
      height: number;
      thumbhash?: string | null;
    };
    CreateResult: {
      asset_id?: string | null;
      url?: string | null;
      width?: number | null;
      height?: number | null;
      seed?: number | null;
      variation: number;
      error?: string | null;
      provider?: string | null;
      model?: string | null;
    };
    JobCost: { estimated: number; reserved: number; captured: number };
    Fallback: { from: string; reason: string };
    Job: {
      id: string;
      operation: string;
      status: 'queued' | 'running' | 'waiting' | 'done' | 'failed' | 'cancelled';
      progress: number;
      message: string | null;
      request: { [key: string]: unknown };
      result?: { [key: string]: unknown } | null;
      problem?: components['schemas']['Problem'] | null;
      cost?: components['schemas']['JobCost'];
      asset_ids: string[];
      provider?: string | null;
      fallback?: components['schemas']['Fallback'] | null;
      created_at: string;
      started_at?: string | null;
      finished_at?: string | null;
    };
    Jobs: { jobs: components['schemas']['Job'][]; next_cursor?: string | null };
    Asset: {
      id: string;
      asset_type: 'text' | 'image' | 'video' | 'audio';
      source_module: string;
      filename: string;
      file_url: string;
      thumbnail_url: string | null;
      file_size: number;
      mime_type: string;
      width: number | null;
      height: number | null;
      title: string | null;
      description: string | null;
      prompt: string | null;
      tags: string[];
      asset_metadata: { [key: string]: unknown };
      provider: string | null;
      model: string | null;
      cost: number | null;
      generation_time: number | null;
      status: string;
      is_favorite: boolean;
      thumbhash?: string | null;
      parent_ids: string[];
      created_at: string;
      updated_at: string;
    };
    Assets: {
      assets: components['schemas']['Asset'][];
      total: number;
      limit: number;
      offset: number;
      next_cursor: string | null;
    };
    Uploaded: {
      assets: components['schemas']['Asset'][];
      errors: { filename?: string | null; detail: string }[];
    };
    Favorite: { asset_id: string; is_favorite: boolean };
  };
}

type S = components['schemas'];
type Json<T> = { headers: { [name: string]: unknown }; content: { 'application/json': T } };
type Failure = { headers: { [name: string]: unknown }; content: { 'application/problem+json': S['Problem'] } };
type Empty = { headers: { [name: string]: unknown }; content?: never };
type Answers<Ok> = { 200: Json<Ok>; default: Failure };
type Read<Ok, Params = { query?: never; header?: never; path?: never; cookie?: never }> = {
  parameters: Params;
  requestBody?: never;
  responses: Answers<Ok>;
};
type Write<Ok, Body> = {
  parameters: { query?: never; header?: never; path?: never; cookie?: never };
  requestBody: { content: { 'application/json': Body } };
  responses: Answers<Ok>;
};
type Id = { query?: never; header?: never; path: { asset_id: string }; cookie?: never };
type JobId = { query?: never; header?: never; path: { job_id: string }; cookie?: never };

export interface paths {
  '/api/auth/session': { get: Read<S['Session']> };
  '/api/auth/login': { post: Write<S['Session'], { email: string; password: string }> };
  '/api/auth/link': { post: Write<S['Session'], { token: string }> };
  '/api/auth/logout': { post: { parameters: object; requestBody?: never; responses: { 204: Empty; default: Failure } } };
  '/api/image-studio/create': { post: Write<S['Job'], S['CreateBody']> };
  '/api/image-studio/edit': { post: Write<S['Job'], S['EditBody']> };
  '/api/image-studio/estimate-cost': { post: Write<S['Estimate'], S['EstimateBody']> };
  '/api/image-studio/templates': {
    get: Read<S['Templates'], { query?: { platform?: string; category?: string } }>;
  };
  '/api/image-studio/providers': { get: Read<S['Providers']> };
  '/api/jobs': {
    get: Read<S['Jobs'], { query?: { status?: string; operation?: string; cursor?: string } }>;
  };
  '/api/jobs/{job_id}': {
    get: Read<S['Job'], JobId>;
    delete: Read<S['Job'], JobId>;
  };
  '/api/content-assets/': {
    get: Read<
      S['Assets'],
      {
        query?: {
          asset_type?: string;
          search?: string;
          favorites_only?: boolean;
          limit?: number;
          cursor?: string;
        };
      }
    >;
  };
  '/api/content-assets/upload': { post: Write<S['Uploaded'], { file: string[] }> };
  '/api/content-assets/{asset_id}': {
    get: Read<S['Asset'], Id>;
    delete: { parameters: Id; requestBody?: never; responses: { 204: Empty; default: Failure } };
  };
  '/api/content-assets/{asset_id}/restore': { post: Read<S['Asset'], Id> };
  '/api/content-assets/{asset_id}/favorite': { post: Read<S['Favorite'], Id> };
}
