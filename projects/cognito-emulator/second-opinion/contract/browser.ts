import type { Credentials } from '../targets/target';

/** As much of a browser as managed login needs: opens the page, fills in its form, sends it, reads where it leads. */
export async function signInByForm(authorizeUrl: string, credentials: Credentials): Promise<URL> {
  const page = await fetch(authorizeUrl);
  const html = await page.text();
  const action = /<form[^>]*action="([^"]*)"/i.exec(html)?.[1] ?? page.url;
  const hidden = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/gi)].map(
    ([, name = '', value = '']): [string, string] => [name, unescapeHtml(value)],
  );
  const response = await fetch(new URL(unescapeHtml(action), page.url), {
    method: 'POST',
    body: new URLSearchParams({ ...Object.fromEntries(hidden), ...credentials }),
    redirect: 'manual',
  });
  const location = response.headers.get('location');
  if (location === null) throw new Error(`The form led nowhere: ${response.status}`);
  return new URL(location);
}

function unescapeHtml(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
