/** Starts the live part with the server, so that the first page already has something to show, and the watch, which waits for no page at all. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { getLive } = await import('./lib/server/live');
  const { keepAlerting, endAlerting } = await import('./lib/server/alerting/alerting');
  try {
    getLive();
    keepAlerting();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void endAlerting());
  } catch (cause) {
    // The server still comes up and says the same at /api/health and on every page.
    console.error(`Ballast is not configured: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
