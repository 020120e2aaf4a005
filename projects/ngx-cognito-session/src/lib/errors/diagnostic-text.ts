import { documentationPage } from './documentation-page';

/** Mistakes of the app that are reported in development. Each code has a page of its own. Codes are never reused. */
export type DiagnosticCode =
  | 'NCS101'
  | 'NCS102'
  | 'NCS103'
  | 'NCS104'
  | 'NCS105'
  | 'NCS106'
  | 'NCS107'
  | 'NCS108'
  | 'NCS109'
  | 'NCS110'
  | 'NCS111'
  | 'NCS112'
  | 'NCS113'
  | 'NCS114'
  | 'NCS115'
  | 'NCS116'
  | 'NCS117'
  | 'NCS118'
  | 'NCS119'
  | 'NCS120'
  | 'NCS121'
  | 'NCS122'
  | 'NCS123';

/** A message of development, with its code and the address of its page. Pure. */
export function diagnosticText(code: DiagnosticCode, text: string): string {
  return `${code}: ${text} More: ${documentationPage(`reference/diagnostics/${code}.md`)}`;
}
