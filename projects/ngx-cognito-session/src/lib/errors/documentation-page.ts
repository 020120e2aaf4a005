/**
 * The public address of the project: that of its repository, `https://host/owner/name`. Empty while it has none: then the package
 * carries its documentation, and cannot be published. `tools/release` writes the fields of the packages and their links from it.
 */
export const PUBLIC_ADDRESS = '' as string;

/** Where an app's developer finds a page of the documentation, by its path in `projects/docs`. For messages of development only. Pure. */
export function documentationPage(page: string, publicAddress: string = PUBLIC_ADDRESS): string {
  return publicAddress === ''
    ? `node_modules/ngx-cognito-session/docs/${page}`
    : `${publicAddress}/blob/main/projects/docs/${page}`;
}
