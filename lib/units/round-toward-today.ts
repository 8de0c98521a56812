/** Which prices liquidate: those below a liquidation price, or those above it. */
type Side = 'below' | 'above';

/**
 * How a liquidation price, and its change from today's, is rounded against the user ('down' toward −∞, 'up' toward +∞): never further from
 * today's than it is, and where it lies behind already, never an easier cure. Up where a fall liquidates, down where a rise does.
 *
 * Example: 1,799.99 below which is liquidated shows as 1,800, 4,329.6 above which is as 4,329; changes of −40.05 % and +38.85 % as −40.0 % and +38.8 %.
 */
export const roundTowardToday = (side: Side): 'down' | 'up' => (side === 'below' ? 'up' : 'down');
