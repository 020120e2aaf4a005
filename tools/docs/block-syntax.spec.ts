import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { blocksIn, complainOfBlock } from './block-syntax';
import { docsFolder, pageNames } from './page-names';

/** Compiled elsewhere, or read by people alone. */
const OTHERS = [
  'ts',
  'ts before',
  'ts lines',
  'ts before-5',
  'sh',
  'text',
  'html',
  'diff',
  'js',
  'mermaid',
  'css',
];
const CHECKED = ['json', 'yaml', 'hcl', 'ts no-check'];

describe('the syntax of a block', () => {
  it.each([
    ['json', '{ "a": 1 }\n{ "a": 2 }'],
    ['yaml', 'Resources:\n  Client:\n    UserPoolId: !Ref Pool\n    Name: !Sub "${Stack}-web"\n'],
    ['hcl', 'resource "aws_cognito_user_pool_client" "web" {\n  name = "web"\n}\n'],
    ['ts no-check', "const client = pool.addClient('web', { generateSecret: false });"],
    ['text', '{{{'],
  ])('is right: %s', async (info, code) => {
    expect(await complainOfBlock({ info, code })).toBeNull();
  });

  it.each([
    ['json', '{ a: 1 }'],
    ['yaml', 'a: [1\nb: 2'],
    ['hcl', 'resource "a" {\n  name = \n'],
    ['ts no-check', 'const client = {;'],
  ])('is wrong: %s', async (info, code) => {
    expect(await complainOfBlock({ info, code })).not.toBeNull();
  });

  it('is that of a block in a list, too', () => {
    expect(blocksIn('- As here:\n\n  ```yaml\n  a: 1\n  ```\n')).toEqual([{ info: 'yaml', code: 'a: 1\n' }]);
  });
});

describe('the blocks of the pages', () => {
  const blocks = pageNames().flatMap((name) =>
    blocksIn(readFileSync(resolve(docsFolder, name), 'utf8')).map((block) => [name, block] as const),
  );

  it('have a language that is known here', () => {
    const infos = new Set(blocks.map(([, { info }]) => info.replace(/ title=.*/, '')));

    expect([...infos].filter((info) => ![...OTHERS, ...CHECKED].includes(info))).toEqual([]);
  });

  it('have no mistakes of syntax', async () => {
    const complaints = await Promise.all(
      blocks.map(async ([name, block]) => {
        const complaint = await complainOfBlock(block);
        return complaint === null ? [] : [`${name}: ${complaint}`];
      }),
    );

    expect(complaints.flat()).toEqual([]);
  });
});
