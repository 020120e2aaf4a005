import { documentedExports, type DocumentedExport } from '../testing-support/documented-exports';
import { stagedExamples } from '../testing-support/example-stage';
import { compileErrorsOf } from '../testing-support/typescript-blocks';

describe('the docstrings of the public API', () => {
  let exports: readonly DocumentedExport[];

  beforeAll(() => {
    exports = documentedExports();
  });

  it('show how each function, class and guard is used', () => {
    const called = exports.filter(({ isCalled }) => isCalled);

    expect(called.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['provideSession', 'SessionService', 'signedInGuard', 'withAwsSdk']),
    );
    expect(called.filter(({ examples }) => examples.length === 0).map(({ name }) => name)).toEqual([]);
  });

  it('hold examples that compile', () => {
    expect(compileErrorsOf(stagedExamples(exports))).toEqual([]);
  });
});
