import * as z from 'zod/mini';
import type { MachineState } from './machine';
import { parseKept } from './parse-kept';
import { TRUTHS } from './truth';

const count = z.int().check(z.minimum(0));
const time = z.nullable(z.number());

const machineState = z.object({
  sequence: z.nullable(z.int()),
  atMs: time,
  met: z.enum(TRUTHS),
  heldMs: z.number().check(z.minimum(0)),
  heldTicks: count,
  tickOf: z.nullable(z.string()),
  isLatched: z.boolean(),
  episode: count,
  firedAtMs: time,
  cooldownUntilMs: time,
  snoozedUntilMs: time,
  isBlind: z.boolean(),
  isExpired: z.boolean(),
});

/** A machine's state as it was kept. Errors: `InvalidInputError` TRIGGER_KEPT. */
export const parseMachineState = (value: unknown): MachineState => parseKept(machineState, value, 'a trigger’s state');
