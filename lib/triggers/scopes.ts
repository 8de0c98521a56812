import { SCOPE_TYPES, type ScopeType } from './trigger';

/** Scopes of what is measured on positions. */
export const POSITION_SCOPES: readonly ScopeType[] = ['position', 'owner', 'tag', 'book'];

/** Scopes of what is measured on assets: an asset itself, or those of positions. */
export const ALL_SCOPES: readonly ScopeType[] = SCOPE_TYPES;
