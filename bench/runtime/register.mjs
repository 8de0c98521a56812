import { register } from 'node:module';

// TypeScript as the product's own build leaves it: plain modules. tsx, which the other scripts use, keeps the name of every function by a call
// each time one is made, and turns imports into getters: up to half of what a small function takes, and none of it the product's.
register('./typescript-hooks.mjs', import.meta.url);
