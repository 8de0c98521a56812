/** What went wrong, in its own words. */
export const tellCause = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
