import { apiDebt } from './api-debt';

const report = (...lines: string[]): string => ['## API Report File', '', '```ts', '', ...lines].join('\n');

describe('the debt of an API report', () => {
  it('is none where every member is documented and every type can be imported', () => {
    const clean = report(
      '// @public',
      'export interface Session {',
      '    readonly user: SessionUser;',
      '}',
      '',
      '// (No @packageDocumentation comment for this package)',
    );

    expect(apiDebt(clean)).toEqual([]);
  });

  it('is a type that appears in a signature and is not exported', () => {
    const forgotten = report(
      '// Warning: (ae-forgotten-export) The symbol "Hidden" needs to be exported by the entry point lib.d.ts',
      '//',
      '// @public',
      'export class Shown extends Hidden {',
      '}',
    );

    expect(apiDebt(forgotten)).toEqual([
      '(ae-forgotten-export) The symbol "Hidden" needs to be exported by the entry point lib.d.ts',
    ]);
  });

  it('is one that the extractor lists at the end as well', () => {
    const listed = report(
      '// Warnings were encountered during analysis:',
      '//',
      '// types/lib.d.ts - (ae-forgotten-export) The symbol "Hidden" needs to be exported by the entry point lib.d.ts',
    );

    expect(apiDebt(listed)).toHaveLength(1);
  });

  it('is a member without a docstring, named with its owner', () => {
    const undocumented = report(
      '// @public',
      'export interface Session {',
      '    readonly groups: readonly string[];',
      '    // (undocumented)',
      '    readonly user: SessionUser;',
      '    // Warning: (ae-forgotten-export) The symbol "Kind" needs to be exported by the entry point lib.d.ts',
      '    //',
      '    // (undocumented)',
      '    readonly kind: Kind;',
      '}',
    );

    expect(apiDebt(undocumented)).toEqual([
      '(undocumented) Session: readonly user: SessionUser;',
      '(ae-forgotten-export) The symbol "Kind" needs to be exported by the entry point lib.d.ts',
      '(undocumented) Session: readonly kind: Kind;',
    ]);
  });

  it('is an export without a docstring, also one that is private to the package', () => {
    const undocumented = report(
      '// @public (undocumented)',
      'export function ɵfeature(kind: string): SessionFeature;',
    );

    expect(apiDebt(undocumented)).toEqual([
      '(undocumented) export function ɵfeature(kind: string): SessionFeature;',
    ]);
  });

  it('is not what the compiler of Angular adds to a class', () => {
    const compiled = report(
      '// @public',
      'export class SessionService {',
      '    // (undocumented)',
      '    static ɵfac: i0.ɵɵFactoryDeclaration<SessionService, never>;',
      '    // (undocumented)',
      '    readonly state: Signal<SessionState>;',
      '}',
    );

    expect(apiDebt(compiled)).toEqual([
      '(undocumented) SessionService: readonly state: Signal<SessionState>;',
    ]);
  });
});
