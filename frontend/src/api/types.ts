// The words of the contract under the names that the pages use.
import type { components } from './schema.gen';

type Schemas = components['schemas'];

export type Asset = Schemas['Asset'];
export type CreateBody = Schemas['CreateBody'];
export type EditBody = Schemas['EditBody'];
export type Estimate = Schemas['Estimate'];
export type FieldProblem = Schemas['FieldProblem'];
export type Job = Schemas['Job'];
export type Picture = Schemas['Picture'];
export type Problem = Schemas['Problem'];
export type Provider = Schemas['Provider'];
export type Session = Schemas['Session'];
export type Template = Schemas['Template'];
