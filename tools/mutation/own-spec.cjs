const { existsSync } = require('node:fs');
const { basename, dirname, resolve } = require('node:path');

// Jest's dependency extractor, which decides what `--findRelatedTests` finds: the spec beside a file alone, or those that
// import it if there is none.
module.exports = {
  extract(code, path, defaultExtract) {
    if (!path.endsWith('.spec.ts')) return new Set();
    const isTestedElsewhere = (file) => {
      const spec = resolve(dirname(path), `${file}.spec.ts`);
      return basename(spec) !== basename(path) && existsSync(spec);
    };
    return new Set([...defaultExtract(code, path)].filter((file) => !isTestedElsewhere(file)));
  },
  getCacheKey: () => 'own-spec',
};
