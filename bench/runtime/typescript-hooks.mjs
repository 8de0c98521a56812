import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';

const ROOT = new URL('../../', import.meta.url);

/** Where TypeScript looks for a module that is named without its ending. @param {URL} url @returns {URL} */
function findSource(url) {
  const endings = ['', '.ts', '.tsx', '/index.ts'];
  const path = fileURLToPath(url);
  const found = endings.map((ending) => `${path}${ending}`).find((file) => /\.[a-z]+$/.test(file) && existsSync(file));
  return found === undefined ? url : pathToFileURL(found);
}

/** @type {import('node:module').ResolveHook} */
export function resolve(specifier, context, next) {
  if (specifier.startsWith('@/')) return next(findSource(new URL(specifier.slice(2), ROOT)).href, context);
  const isOurs = context.parentURL?.startsWith(ROOT.href) && !context.parentURL.includes('/node_modules/');
  if (isOurs && /^\.\.?\//.test(specifier))
    return next(findSource(new URL(specifier, context.parentURL)).href, context);
  return next(specifier, context);
}

/** @type {import('node:module').LoadHook} */
export async function load(url, context, next) {
  if (!/\.m?ts$/.test(url) || url.includes('/node_modules/')) return next(url, context);
  const { outputText } = ts.transpileModule(await readFile(fileURLToPath(url), 'utf8'), {
    fileName: fileURLToPath(url),
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      verbatimModuleSyntax: false,
      inlineSourceMap: true,
    },
  });
  return { format: 'module', source: outputText, shortCircuit: true };
}
