/** It is part of the transaction's cookie; five of them have to fit into the headers that gateways accept. */
const MAX_LENGTH = 1000;

/**
 * Where the browser goes after a login: an absolute URL of the app, and not one of the routes themselves. Anything else becomes
 * the start page. It stays absolute: `//evil.example` is a path of this origin here, and another host as a relative URL. Pure.
 */
export function safeReturnUrl(
  given: string | null,
  { appOrigin, basePath }: { readonly appOrigin: string; readonly basePath: string },
): string {
  const start = `${appOrigin}/`;
  if (given === null || !URL.canParse(given, start)) return start;
  const url = new URL(given, start);
  const isRoute = url.pathname === basePath || url.pathname.startsWith(`${basePath}/`);
  // The origin of a `blob:` URL is that of the URL inside it.
  const isOfOrigin = url.origin === appOrigin && url.protocol === new URL(appOrigin).protocol;
  const isOfApp = isOfOrigin && url.username === '' && url.password === '';
  return isOfApp && !isRoute && url.href.length <= MAX_LENGTH ? url.href : start;
}
