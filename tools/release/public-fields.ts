/**
 * What the package.json of a package says about where the project is public. Without an address nothing can be linked to, and npm
 * refuses to publish. Pure.
 */
export function publicFields(publicAddress: string): object {
  if (publicAddress === '') return { private: true };
  return {
    repository: { type: 'git', url: `git+${publicAddress}.git` },
    homepage: `${publicAddress}#readme`,
    bugs: { url: `${publicAddress}/issues` },
  };
}
