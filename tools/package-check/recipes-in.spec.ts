import { recipesIn } from './recipes-in';

const fence = '```';
const block = (language: string, code: string) => `${fence}${language}\n${code}\n${fence}\n`;

describe('the recipes on a page', () => {
  it('are its TypeScript blocks with tests in them', () => {
    const test = "describe('a', () => {\n  it('b', () => {});\n});";
    const page = ['# A page', block('ts', test), block('ts', 'const it = 1;'), block('sh', "it('c')")].join(
      '\n\n',
    );

    expect(recipesIn(page)).toEqual([`${test}\n`]);
  });
});
