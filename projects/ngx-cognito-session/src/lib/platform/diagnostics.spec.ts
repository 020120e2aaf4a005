import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DiagnosticCode } from '../errors/diagnostic-text';
import { Diagnostics } from './diagnostics';

const PAGES = resolve('projects/docs/reference/diagnostics');
const TITLE = /^# (NCS1\d\d): \S/;

/** A record, so that the compiler asks for a code that is new. */
const CODES: Readonly<Record<DiagnosticCode, true>> = {
  NCS101: true,
  NCS102: true,
  NCS103: true,
  NCS104: true,
  NCS105: true,
  NCS106: true,
  NCS107: true,
  NCS108: true,
  NCS109: true,
  NCS110: true,
  NCS111: true,
  NCS112: true,
  NCS113: true,
  NCS114: true,
  NCS115: true,
  NCS116: true,
  NCS117: true,
  NCS118: true,
  NCS119: true,
  NCS120: true,
  NCS121: true,
  NCS122: true,
  NCS123: true,
};

describe('Diagnostics', () => {
  it('says each mistake once, with its code and where to read on', () => {
    const said: string[] = [];
    const logger = { debug: () => {}, warn: () => {}, error: (text: string) => said.push(text) };
    const diagnostics = new Diagnostics();

    for (const text of ['One.', 'One.', 'Two.']) diagnostics.say(logger, 'NCS104', text);
    diagnostics.say(logger, 'NCS103', 'One.');

    expect(diagnostics.reported).toEqual(said);
    expect(said).toEqual([
      'NCS104: One. More: node_modules/ngx-cognito-session/docs/reference/diagnostics/NCS104.md',
      'NCS104: Two. More: node_modules/ngx-cognito-session/docs/reference/diagnostics/NCS104.md',
      'NCS103: One. More: node_modules/ngx-cognito-session/docs/reference/diagnostics/NCS103.md',
    ]);
  });

  it('says a mistake once whose texts differ', () => {
    const said: string[] = [];
    const logger = { debug: () => {}, warn: () => {}, error: (text: string) => said.push(text) };
    const diagnostics = new Diagnostics();

    diagnostics.say(logger, 'NCS104', 'One.', 'the same');
    diagnostics.say(logger, 'NCS104', 'Two.', 'the same');

    expect(said).toHaveLength(1);
  });

  it('has a page for each code, and none for others', () => {
    const pages = readdirSync(PAGES).filter((name) => name.startsWith('NCS'));
    const titles = pages.map((name) => TITLE.exec(readFileSync(resolve(PAGES, name), 'utf8'))?.[1]);

    expect([...pages].sort()).toEqual(Object.keys(CODES).map((code) => `${code}.md`));
    expect(titles.map((code) => `${code}.md`)).toEqual(pages);
  });
});
