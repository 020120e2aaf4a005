// Turns sources into what Jest runs. esbuild does it for everything but Angular's classes: it is ten times as fast as the
// compiler. What Angular's decorators need for running without its own compiler is known to jest-preset-angular alone.
const { transformSync, version: esbuildVersion } = require('esbuild');
const { default: preset } = require('jest-preset-angular');
const { version: presetVersion } = require('jest-preset-angular/package.json');
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { resolve } = require('node:path');
const { version: compilerVersion } = require('typescript');

const HAS_DECORATORS = /^\s*@[A-Z]\w*\(/m;

/** What decides the result beside the file itself. Jest keeps results between runs. */
const fixedParts = (tsconfig) =>
  JSON.stringify([
    ...[esbuildVersion, presetVersion, compilerVersion],
    ...[module.filename, tsconfig, resolve('tsconfig.json')].map((path) => readFileSync(path, 'utf8')),
  ]);

module.exports = {
  createTransformer({ tsconfig, ...options }) {
    const angular = preset.createTransformer({ tsconfig, ...options });
    const fixed = fixedParts(tsconfig);
    return {
      getCacheKey: (code, path, { instrument }) =>
        createHash('sha1').update([fixed, path, code, instrument].join('\0')).digest('hex'),
      process(code, path, transformOptions) {
        if (!path.endsWith('.ts') || HAS_DECORATORS.test(code))
          return angular.process(code, path, transformOptions);
        return transformSync(code, {
          loader: 'ts',
          format: 'cjs',
          target: 'es2022',
          platform: 'node',
          sourcefile: path,
          sourcemap: 'inline',
          // A module that is loaded later comes from Jest as well.
          supported: { 'dynamic-import': false },
          tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
        });
      },
    };
  },
};
