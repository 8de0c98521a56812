import { computeRemedies, type Remedies } from '@/lib/risk/remedies/compute-remedies';
import type { RemedyMix, RemedyMove, RemedyPart, RemedyRequest } from '@/lib/risk/remedies/remedy';
import { type RemedySetting, settleRemedy } from './remedy-setting';
import { findStepObstacle, type OpenRemedy, openRemedy, type RemedyStep } from './remedy-steps';
import { type RemedyView, toRemedyView } from './remedy-view';

export interface RemedyMixes {
  /** The cheapest mix that the venue takes; `undefined` where a single remedy is as cheap, or no mix is left. */
  readonly cheapest: RemedyView | undefined;
  /** A cheaper mix, which the venue would refuse, with its reason. */
  readonly refused: RemedyView | undefined;
}

const MIX = { kind: 'mix', from: undefined, to: undefined } as const;
/** Each try leaves out one more move; positions have fewer. */
const MOST_TRIES = 64;

/** A part beside others: of what they take there is the less. */
function openBeside(setting: RemedySetting, part: RemedyPart, others: readonly RemedyStep[]): OpenRemedy {
  return openRemedy(part, setting.assetOf, (kind, asset) => {
    const taken = others.filter((step) => step.kind === kind && step.asset.id === asset);
    return taken.reduce((left, { amount }) => (left > amount ? left - amount : 0n), setting.balanceOf(kind, asset));
  });
}

/** Each part rounded up, then the first that can be is adjusted until the contract's own figure reaches the target. */
function settleMix(setting: RemedySetting, { parts }: RemedyMix): readonly RemedyStep[] | undefined {
  const rounded: (readonly RemedyStep[])[] = [];
  for (const part of parts) {
    const { start, most, toSteps } = openBeside(setting, part, rounded.flat());
    rounded.push(toSteps(start < most ? start : most));
  }
  for (const [index, part] of parts.entries()) {
    const others = rounded.flatMap((steps, other) => (other === index ? [] : steps));
    const settled = settleRemedy(setting, openBeside(setting, part, others), others);
    if (settled) return [...others, ...settled];
  }
  return undefined;
}

function toMixView(setting: RemedySetting, mix: RemedyMix): RemedyView {
  const view = toRemedyView(setting, MIX, mix.parts, settleMix(setting, mix));
  return mix.reaches ? view : { ...view, unavailable: setting.nameAssets(mix.text) };
}

const toMove = ({ kind, asset }: RemedyStep): RemedyMove => ({
  side: kind === 'supply' || kind === 'withdraw' ? 'collateral' : 'debt',
  asset: asset.id,
  gains: kind === 'supply' || kind === 'borrow',
});

/**
 * The cheapest mix that the venue takes: the programme is solved, its steps are put to the venue, and as long as one is refused it is solved
 * again without whatever makes such a step. So the answer is the cheapest of what is left, not of a smaller amount of what was refused.
 *
 * `first`: the closed forms of the request as it is. Example: selling WBTC is cheapest, WBTC is paused: that mix is `refused`, and the cheapest that leaves WBTC alone stands.
 */
export function computeRemedyMixes(setting: RemedySetting, request: RemedyRequest, first: Remedies): RemedyMixes {
  const without: RemedyMove[] = [];
  let refused: RemedyView | undefined;
  // A refused mix of one part stands among the single remedies, with its reason.
  const note = (mix: RemedyMix, view: RemedyView): void => {
    if (mix.parts.length > 1) refused ??= view;
  };
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const found = tries === 0 ? first : computeRemedies({ ...request, without });
    const { cheapest: mix } = found;
    if (found.refused) note(found.refused, toMixView(setting, found.refused));
    const view = toMixView(setting, mix);
    if (!mix.reaches) {
      if (mix.reason === 'refused') note(mix, view);
      return { cheapest: undefined, refused };
    }
    if (view.unavailable === undefined) return { cheapest: mix.parts.length > 1 ? view : undefined, refused };
    note(mix, view);
    const obstacle = findStepObstacle(setting.position, view.steps);
    if (!obstacle) return { cheapest: undefined, refused };
    without.push(toMove(obstacle.step));
  }
  return { cheapest: undefined, refused };
}
