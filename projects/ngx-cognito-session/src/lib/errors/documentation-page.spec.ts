import { documentationPage, PUBLIC_ADDRESS } from './documentation-page';

describe('documentationPage', () => {
  it('is in the installed package while the project has no public address', () => {
    expect(documentationPage('errors/NCS101.md', '')).toBe(
      'node_modules/ngx-cognito-session/docs/errors/NCS101.md',
    );
  });

  it('is a URL as soon as it has one', () => {
    expect(documentationPage('errors/NCS101.md', 'https://git.example/owner/name')).toBe(
      'https://git.example/owner/name/blob/main/docs/errors/NCS101.md',
    );
  });

  it('reads an address that others can be built from', () => {
    expect(PUBLIC_ADDRESS).toMatch(/^(https:\/\/[\w.-]+\/[\w.-]+\/[\w.-]*\w)?$/);
  });
});
