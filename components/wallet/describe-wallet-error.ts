const USER_REJECTED = 4_001;
const ALREADY_ASKED = -32_002;
const MAX_CAUSES = 8;

function findCode(failure: unknown): unknown {
  let cause = failure;
  for (let depth = 0; depth < MAX_CAUSES && typeof cause === 'object' && cause !== null; depth += 1) {
    const { code } = cause as { readonly code?: unknown };
    if (typeof code === 'number') return code;
    cause = (cause as { readonly cause?: unknown }).cause;
  }
  return undefined;
}

/** What a wallet's refusal means, in one sentence, and what to do. EIP-1193 codes 4001 and −32002 are the ones wallets give. */
export function describeWalletError(failure: unknown): string {
  const code = findCode(failure);
  if (code === USER_REJECTED)
    return 'You declined in the wallet. Nothing is connected; choose it again to be asked again.';
  if (code === ALREADY_ASKED) return 'The wallet is already asking. Open it and answer there.';
  const message = failure instanceof Error ? (failure.message.split('\n')[0] ?? '') : String(failure);
  return `The wallet did not connect: ${message}`;
}
