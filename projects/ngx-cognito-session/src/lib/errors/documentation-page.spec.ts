import { documentationPage, PUBLIC_ADDRESS } from './documentation-page';

describe('documentationPage', () => {
  it('is in the installed package while the project has no public address', () => {
    expect(documentationPage('reference/diagnostics/NCS101.md', '')).toBe(
      'node_modules/ngx-cognito-session/docs/reference/diagnostics/NCS101.md',
    );
  });

  it('is a URL as soon as it has one', () => {
    expect(documentationPage('reference/diagnostics/NCS101.md', 'https://git.example/owner/name')).toBe(
      'https://git.example/owner/name/blob/main/projects/docs/reference/diagnostics/NCS101.md',
    );
  });

  it('reads an address that others can be built from', () => {
    expect(PUBLIC_ADDRESS).toMatch(/^(https:\/\/[\w.-]+\/[\w.-]+\/[\w.-]*\w)?$/);
  });
});
