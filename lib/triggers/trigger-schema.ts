import * as z from 'zod/mini';
import { policy } from '@/lib/config/policy';
import { CONDITION_SIDES, SEVERITIES } from './trigger';

const limits = policy.triggers;

const text = (what: string) =>
  z
    .string(`must be ${what}`)
    .check(
      z.minLength(1, 'must not be empty'),
      z.maxLength(limits.longestName, `must have at most ${limits.longestName} characters`),
    );
const choice = <const Values extends readonly string[]>(values: Values) =>
  z.enum(values, `must be one of ${values.join(', ')}`);
const whole = (most: number, least = 0) =>
  z
    .int('must be a whole number')
    .check(z.minimum(least, `must be at least ${least}`), z.maximum(most, `must be at most ${most}`));
const decimal = z
  .string('must be a decimal string such as "1.25"')
  .check(z.regex(/^-?\d{1,18}(\.\d{1,18})?$/, 'must be a decimal string such as "1.25"'));
const clockTime = z
  .string('must be a time such as "22:00"')
  .check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as "22:00"'));

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const book = z.optional(text('the name of a book'));
const scope = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('position'), id: text('the id of a position'), book }),
    z.strictObject({ type: z.literal('owner'), owner: text('an address, or an owner of a book'), book }),
    z.strictObject({ type: z.literal('tag'), tag: text('a tag'), book }),
    z.strictObject({ type: z.literal('book'), book: text('the name of a book') }),
    z.strictObject({ type: z.literal('asset'), asset: text('an asset’s key'), book }),
  ],
  'must be a position, an owner, a tag, a book or an asset',
);

const condition = z.strictObject(
  {
    kind: text('a kind of condition'),
    side: choice(CONDITION_SIDES),
    level: decimal,
    rearm: z.optional(decimal),
    params: z._default(z.record(z.string(), z.unknown(), 'must be an object'), {}),
  },
  'must be an object',
);

/** The shape of a trigger as it comes from outside; what its kinds, its scope and its surroundings demand is `parseTrigger`'s. */
export const triggerSchema = z.strictObject(
  {
    name: text('a name'),
    scope,
    combine: z._default(choice(['all', 'any']), 'all'),
    conditions: z
      .array(condition, 'must be a list of conditions')
      .check(
        z.minLength(1, 'must name at least one condition'),
        z.maxLength(limits.mostConditions, `must name at most ${limits.mostConditions} conditions`),
      ),
    severity: choice(SEVERITIES),
    dwell: z._default(
      z.strictObject({ seconds: whole(limits.longestDwellSeconds), ticks: whole(limits.mostDwellTicks, 1) }),
      { seconds: 0, ticks: 1 },
    ),
    cooldownSeconds: z._default(whole(limits.longestCooldownSeconds), 0),
    quietHours: z.optional(
      z
        .strictObject({
          from: clockTime,
          to: clockTime,
          timeZone: z
            .string('must be a time zone such as "Europe/Berlin"')
            .check(z.refine(isTimeZone, 'must be a time zone such as "Europe/Berlin"')),
        })
        .check(z.refine(({ from, to }) => from !== to, { path: ['to'], error: 'must be another time than from' })),
    ),
    expiresAt: z.optional(z.iso.datetime('must be a time in UTC such as "2025-11-01T00:00:00Z"')),
    channels: z.array(text('the id of a channel'), 'must be a list of channels').check(
      z.maxLength(limits.mostChannels, `must name at most ${limits.mostChannels} channels`),
      z.refine((ids) => new Set(ids).size === ids.length, 'must name each channel once'),
    ),
    escalation: z.optional(z.strictObject({ afterMinutes: whole(limits.longestEscalationMinutes, 1) })),
  },
  'must be an object',
);

export type ReadTrigger = z.infer<typeof triggerSchema>;
