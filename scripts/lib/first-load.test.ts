import { describe, expect, it } from 'vitest';
import { listFirstScripts, parsePageManifest } from './first-load.mjs';

describe('first load', () => {
  const script = `globalThis.__RSC_MANIFEST = globalThis.__RSC_MANIFEST || {};
globalThis.__RSC_MANIFEST["/page"] = {"clientModules":{"x":{"chunks":["c.js"]}},"entryJSFiles":{"[project]/app/layout":["b.js"],"[project]/app/page":["b.js","d.js"]}};`;

  it('reads the manifest out of the script it comes in', () => {
    expect(Object.keys(parsePageManifest(script).entryJSFiles)).toHaveLength(2);
    expect(() => parsePageManifest('globalThis.__SOMETHING_ELSE = 1')).toThrow();
    expect(() => parsePageManifest('a["/page"] = {"other":1};')).toThrow();
  });

  it('counts each script once', () => {
    expect(listFirstScripts({ rootMainFiles: ['a.js', 'b.js'] }, parsePageManifest(script))).toEqual([
      'a.js',
      'b.js',
      'd.js',
    ]);
  });
});
