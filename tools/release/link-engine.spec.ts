import { engineFileOf, linked } from './link-engine';

describe('the engine that tests have at hand', () => {
  const ENGINE = 'ngx-cognito-session-create-engine-Dpm277lN.mjs';

  it('is the file that apps load later', () => {
    const files = ['ngx-cognito-session.mjs', ENGINE, `${ENGINE}.map`, 'ngx-cognito-session-testing.mjs'];

    expect(engineFileOf(files)).toBe(ENGINE);
  });

  it.each([[[]], [[ENGINE, 'ngx-cognito-session-create-engine-AAAAAAAA.mjs']]])(
    'is not guessed among %j',
    (files: string[]) => {
      expect(() => engineFileOf(files)).toThrow(`found ${files.length}`);
    },
  );

  it('is imported from that file', () => {
    expect(linked("import { createEngine } from '#engine';\nf();", ENGINE)).toBe(
      `import { createEngine } from './${ENGINE}';\nf();`,
    );
  });

  it.each(["import { a } from 'b';", "import { a } from '#engine';\nimport { b } from '#engine';"])(
    'is not linked into what does not import it once: %s',
    (code) => {
      expect(() => linked(code, ENGINE)).toThrow('Expected one import');
    },
  );
});
