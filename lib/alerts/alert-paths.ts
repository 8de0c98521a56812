/** Where the server answers for triggers and alerts; ids are encoded by whoever puts a path together. */
export const ALERT_PATHS = {
  triggers: '/api/triggers',
  firings: '/api/firings',
  channels: '/api/channels',
  deliveries: '/api/deliveries',
  push: '/api/push',
  pause: '/api/pause',
  prices: '/api/prices',
  stream: '/api/alerts',
} as const;
