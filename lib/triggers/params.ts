import * as z from 'zod/mini';
import { policy } from '@/lib/config/policy';
import { PRICE_SOURCES, type PriceSource, type SubjectAsset, type SubjectPrice } from './subject';
import type { ParamField, PhraseNames } from './trigger-kind';

const { longestName, leastWindowSeconds, longestWindowSeconds } = policy.triggers;

const assetKey = z
  .string('must be an asset’s key')
  .check(z.minLength(1, 'must name an asset'), z.maxLength(longestName, `must have at most ${longestName} characters`));

/** What several kinds take, each under its own key. */
export const noParams = z.strictObject({});
export const anyAsset = z.optional(assetKey);
export const priceSource = (preset: PriceSource) =>
  z._default(z.enum(PRICE_SOURCES, `must be one of ${PRICE_SOURCES.join(', ')}`), preset);
export const windowSeconds = z
  .int('must be a whole number of seconds')
  .check(
    z.minimum(leastWindowSeconds, `must be at least ${leastWindowSeconds} seconds`),
    z.maximum(longestWindowSeconds, `must be at most ${longestWindowSeconds} seconds`),
  );

export const assetField = (isRequired: boolean): ParamField => ({
  key: 'asset',
  label: isRequired ? 'Asset' : 'Asset (any, where none is named)',
  input: 'asset',
  isRequired,
});

export const SOURCE_FIELD: ParamField = {
  key: 'source',
  label: 'Price',
  input: 'choice',
  choices: [
    { value: 'oracle', label: 'The oracle’s, which the contract uses' },
    { value: 'market', label: 'The market’s' },
  ],
};

/** The chosen price of an asset. */
export const priceOf = (asset: SubjectAsset, source: PriceSource): SubjectPrice => asset[source];

/** "ETH", or "any asset of <subject>" where none is named. */
export const nameAssetOf = (asset: string | undefined, { nameAsset, subject }: PhraseNames): string =>
  asset === undefined ? `any asset of ${subject}` : nameAsset(asset);
